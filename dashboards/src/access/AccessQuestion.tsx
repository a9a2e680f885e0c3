import { Button, Group, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { withQuery } from '../api/client';
import { useGet } from '../api/useGet';
import { ProblemAlert } from '../components/ProblemAlert';
import { extentWords, mentionWords } from './words';
import type { Access, AccessAnswer, Person } from './types';

/** May this person do that, and why? */
export function AccessQuestion({ people, policy }: { people: readonly Person[]; policy: string | null }) {
  const [person, setPerson] = useState('');
  const [thing, setThing] = useState('');
  const [resource, setResource] = useState('thing:/');
  const [path, setPath] = useState<string | null>(null);
  const answer = useGet<Access>(path);

  const ask = (event: FormEvent): void => {
    event.preventDefault();
    const place = thing === '' ? `/api/policies/${encodeURIComponent(policy ?? '')}` : `/api/things/${encodeURIComponent(thing)}`;
    setPath(withQuery(`${place}/access`, { person, resource }));
  };

  return (
    <section className="card" aria-labelledby="question-title">
      <h2 id="question-title" className="card-title">
        May somebody do that?
      </h2>
      <form onSubmit={ask}>
        <Group align="flex-end" gap="md" grow preventGrowOverflow={false}>
          <NativeSelect label="Person" required value={person} onChange={(event) => setPerson(event.currentTarget.value)}>
            <option value="">Choose…</option>
            {people.map((one) => (
              <option key={one.id} value={one.userName}>
                {one.userName}
                {one.name === '' ? '' : ` (${one.name})`}
              </option>
            ))}
          </NativeSelect>
          <TextInput
            label="Thing"
            placeholder="org.voltwin:cell-… (empty: the policy below)"
            value={thing}
            onChange={(event) => setThing(event.currentTarget.value.trim())}
          />
          <TextInput
            label="Resource"
            placeholder="thing:/features/electrical"
            required
            value={resource}
            onChange={(event) => setResource(event.currentTarget.value.trim())}
          />
          <Button type="submit" disabled={person === '' || (thing === '' && policy === null)} loading={answer.loading}>
            Ask
          </Button>
        </Group>
      </form>
      <div aria-live="polite">
        {answer.problem !== null && <ProblemAlert problem={answer.problem} title="There is no answer" />}
        {answer.value !== null && (
          <dl className="facts access-answer">
            <Answer name="Read" answer={answer.value.read} />
            <Answer name="Write" answer={answer.value.write} />
            <div>
              <dt>Decided by policy</dt>
              <dd>{answer.value.policyId}</dd>
            </div>
          </dl>
        )}
      </div>
    </section>
  );
}

function Answer({ name, answer }: { name: string; answer: AccessAnswer }) {
  return (
    <div className="wide">
      <dt>{name}</dt>
      <dd>
        <span className={`extent extent-${answer.extent}`}>{extentWords(answer.extent)}</span>
        {answer.because.length === 0 ? (
          <span className="sub">No entry speaks of it: what is not granted is refused.</span>
        ) : (
          <ul className="reasons">
            {answer.because.map((mention) => (
              <li key={`${mention.entry} ${mention.resource} ${mention.subject} ${mention.granted}`}>{mentionWords(mention)}</li>
            ))}
          </ul>
        )}
      </dd>
    </div>
  );
}

import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useGet } from '../api/useGet';
import { mayAdminister, useSession } from '../auth/SessionContext';
import { PageHead } from '../components/PageHead';
import { ProblemAlert } from '../components/ProblemAlert';
import { AccessQuestion } from './AccessQuestion';
import { NewPolicy } from './NewPolicy';
import { PeopleTable } from './PeopleTable';
import { PolicyEditor } from './PolicyEditor';
import { RightsTable } from './RightsTable';
import type { Person, PolicyDetail, PolicySummary } from './types';

/** Who may do what on which thing, why, and what would change if a policy changed. */
export function AccessPage() {
  const { me } = useSession();
  return (
    <>
      <PageHead title="Access" hint="Who may do what on which thing, and which entry of which policy says so" />
      {mayAdminister(me.roles) ? <Administration /> : <p>Only a lab administrator may look at policies. Ask one.</p>}
    </>
  );
}

function Administration() {
  const policies = useGet<{ policies: PolicySummary[] }>('/api/policies');
  const people = useGet<{ people: Person[] }>('/api/people');
  const [chosen, setChosen] = useState<string | null>(null);
  const known = policies.value?.policies ?? [];
  // Ditto lists no policies: one that rules no thing yet is only known because it was just made.
  const list =
    chosen === null || known.some((policy) => policy.policyId === chosen)
      ? known
      : [...known, { policyId: chosen, things: 0, declared: false }];
  const id = chosen ?? list.find((policy) => policy.declared)?.policyId ?? list[0]?.policyId ?? null;
  const detail = useGet<PolicyDetail>(id === null ? null : `/api/policies/${encodeURIComponent(id)}`);

  return (
    <div className="stack">
      {policies.problem !== null && <ProblemAlert problem={policies.problem} title="The policies did not come" />}
      <AccessQuestion people={people.value?.people ?? []} policy={id} />
      <section className="card" aria-labelledby="rights-title">
        <div className="access-head">
          <NativeSelect
            label="Policy"
            value={id ?? ''}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={list.map((policy) => ({
              value: policy.policyId,
              label: `${policy.policyId} (${policy.things} ${policy.things === 1 ? 'thing' : 'things'}${policy.declared ? ', declared' : ''})`,
            }))}
          />
          <NewPolicy
            onCreated={(created) => {
              policies.reload();
              setChosen(created);
            }}
          />
        </div>
        <h2 id="rights-title" className="card-title">
          Rights of each subject
        </h2>
        {detail.problem !== null && <ProblemAlert problem={detail.problem} title="The policy did not come" />}
        {detail.value !== null && <RightsTable rights={detail.value.rights} />}
      </section>
      {detail.value !== null && (
        <PolicyEditor key={`${detail.value.policyId} ${detail.value.revision}`} detail={detail.value} onSaved={detail.reload} />
      )}
      <PeopleTable people={people.value?.people ?? []} problem={people.problem} />
    </div>
  );
}

import { Alert, Button, Checkbox, Group, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { type FormEvent, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { problemOf, withQuery } from '../api/client';
import type { BenchKind, Catalogue, Filed, Level, Problem, TestNameOffer } from '../api/types';
import { useGet } from '../api/useGet';
import { mayRequest, useSession } from '../auth/SessionContext';
import { PageHead } from '../components/PageHead';
import { ProblemAlert } from '../components/ProblemAlert';
import { capital } from '../components/StatusBadge';
import { bodyOf, check, defaultPreferred, type FieldErrors, preferredInstant, type RequestFields } from './requestForm';

const LEVELS: readonly Level[] = ['cell', 'module', 'pack'];

export function NewRequestPage() {
  const { me } = useSession();
  return (
    <>
      <PageHead title="New Request" hint="Ask the laboratory for a test" />
      {mayRequest(me.roles) ? (
        <RequestForm />
      ) : (
        <Alert color="harbour" icon={<IconInfoCircle size={20} aria-hidden />} title="You can look, not request">
          <Text size="sm">
            Your roles ({me.roles.join(', ') || 'none'}) do not include test engineer or lab administrator, who may file
            requests. Ask a lab administrator for the role. You can follow all tests under{' '}
            <Link className="link" to="/requests">
              Test Requests
            </Link>
            .
          </Text>
        </Alert>
      )}
    </>
  );
}

function RequestForm() {
  const { api, identity, me } = useSession();
  const navigate = useNavigate();
  const catalogue = useGet<Catalogue>('/api/catalogue');
  const form = useRef<HTMLFormElement>(null);
  const [fields, setFields] = useState<RequestFields>(() => ({
    requesterName: identity.fullName === '' ? me.name : identity.fullName,
    uut: '',
    useCase: '',
    standard: '',
    testName: '',
    urgent: false,
    bench: 'virtual',
    preferred: defaultPreferred(new Date()),
  }));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [sending, setSending] = useState(false);

  const chosen = fields.uut !== '' && fields.useCase !== '' && fields.standard !== '';
  const instant = preferredInstant(fields.preferred);
  const inFuture = instant !== null && new Date(instant).getTime() > Date.now();
  const offers = useGet<{ testNames: TestNameOffer[] }>(
    chosen
      ? withQuery('/api/catalogue/test-names', {
          uut: fields.uut,
          useCase: fields.useCase,
          standard: fields.standard,
          date: inFuture ? instant : undefined,
          bench: fields.bench,
        })
      : null,
  );
  const names = offers.value?.testNames ?? [];

  function change<K extends keyof RequestFields>(name: K, value: RequestFields[K]): void {
    setFields((before) => ({
      ...before,
      [name]: value,
      ...(name === 'uut' || name === 'useCase' || name === 'standard' ? { testName: '' } : {}),
    }));
    setErrors(({ [name]: _, ...others }) => others);
    setProblem(null);
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const found = check(fields, names, new Date());
    setErrors(found);
    setProblem(null);
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    setSending(true);
    try {
      const filed = await api.post<Filed>('/api/requests', bodyOf(fields));
      await navigate('/requests', { state: { filed } });
    } catch (error) {
      setProblem(problemOf(error));
      setSending(false);
    }
  }

  const impossible = names.filter((offer) => !offer[fields.bench]);
  return (
    <form ref={form} className="card" style={{ maxWidth: 860 }} noValidate onSubmit={(event) => void submit(event)}>
      <Stack gap="md">
        {catalogue.problem !== null && <ProblemAlert problem={catalogue.problem} title="The catalogue did not come" />}
        <Group grow align="flex-start">
          <TextInput
            label="Requester"
            name="requester"
            autoComplete="name"
            required
            maxLength={128}
            value={fields.requesterName}
            error={errors.requesterName}
            onChange={(event) => change('requesterName', event.currentTarget.value)}
          />
          <TextInput
            label="Requester id"
            description="From your sign-in"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            readOnly
            value={identity.userName === '' ? me.name : identity.userName}
          />
        </Group>
        <Group grow align="flex-start">
          <NativeSelect
            label="Unit under test"
            required
            value={fields.uut}
            error={errors.uut}
            onChange={(event) => change('uut', event.currentTarget.value)}
          >
            <option value="">Choose…</option>
            {LEVELS.map((level) => (
              <optgroup key={level} label={`${capital(level)} level`}>
                {catalogue.value?.uuts
                  .filter((uut) => uut.level === level)
                  .map((uut) => (
                    <option key={uut.code} value={uut.code}>
                      {uut.code} ({uut.label})
                    </option>
                  ))}
              </optgroup>
            ))}
          </NativeSelect>
          <NativeSelect
            label="Use case"
            required
            value={fields.useCase}
            error={errors.useCase}
            onChange={(event) => change('useCase', event.currentTarget.value)}
          >
            <option value="">Choose…</option>
            {catalogue.value?.useCases.map((useCase) => (
              <option key={useCase} value={useCase}>
                {useCase}
              </option>
            ))}
          </NativeSelect>
          <NativeSelect
            label="Standard"
            required
            value={fields.standard}
            error={errors.standard}
            onChange={(event) => change('standard', event.currentTarget.value)}
          >
            <option value="">Choose…</option>
            {catalogue.value?.standards.map((standard) => (
              <option key={standard.code} value={standard.code}>
                {standard.name === standard.code ? standard.code : `${standard.code} – ${standard.name}`}
              </option>
            ))}
          </NativeSelect>
        </Group>
        <Group grow align="flex-start">
          <TextInput
            type="datetime-local"
            label="Preferred date and time (UTC)"
            description="The planner keeps to working hours and free benches"
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            required
            value={fields.preferred}
            error={errors.preferred}
            onChange={(event) => change('preferred', event.currentTarget.value)}
          />
          <Radio.Group
            label="Bench"
            required
            value={fields.bench}
            onChange={(value) => change('bench', value as BenchKind)}
          >
            <Group gap="xl" mt={8}>
              <Radio value="virtual" label="Virtual" description="Co-simulation of FMUs" />
              <Radio value="physical" label="Physical" description="A cycler in the laboratory" />
            </Group>
          </Radio.Group>
        </Group>
        <NativeSelect
          label="Test"
          required
          disabled={!chosen}
          value={fields.testName}
          error={errors.testName}
          description={
            !chosen
              ? 'Choose unit, use case and standard first'
              : offers.loading
                ? 'Loading the tests that apply…'
                : offers.value !== null && names.length === 0
                  ? `${fields.standard} has no test for this unit and use case: choose another standard, unit or use case.`
                  : impossible.length > 0
                    ? `${names.length} tests apply, ${impossible.length} of them cannot run on a ${fields.bench} bench`
                    : `${names.length} tests apply`
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          onChange={(event) => change('testName', event.currentTarget.value)}
        >
          <option value="">Choose…</option>
          {names.map((offer) => (
            <option key={offer.name} value={offer.name} disabled={!offer[fields.bench]}>
              {offer[fields.bench] ? offer.name : `${offer.name} (${fields.bench === 'virtual' ? 'physical bench only' : 'virtual bench only'})`}
            </option>
          ))}
        </NativeSelect>
        {impossible.length > 0 && (
          <details>
            <summary>Why some tests cannot run on a {fields.bench} bench</summary>
            <ul>
              {impossible.map((offer) => (
                <li key={offer.name}>
                  <strong>{offer.name}:</strong> {offer.reason ?? 'No reason given.'}
                </li>
              ))}
            </ul>
          </details>
        )}
        {offers.problem !== null && <ProblemAlert problem={offers.problem} title="The tests did not come" />}
        {problem !== null && <ProblemAlert problem={problem} title="The request was not accepted" />}
        <Checkbox
          label="Urgent"
          description="Tests that are planned but have not begun may move for it"
          checked={fields.urgent}
          onChange={(event) => change('urgent', event.currentTarget.checked)}
        />
        <Group justify="space-between" align="center">
          <Text size="xs" c="var(--ink-soft)" maw={520}>
            {catalogue.value?.note}
          </Text>
          <Button type="submit" loading={sending} disabled={catalogue.value === null}>
            Submit request
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

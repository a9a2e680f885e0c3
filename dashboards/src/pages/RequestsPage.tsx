import { Alert, Button, Group, NativeSelect, Pagination, Stack, TextInput } from '@mantine/core';
import { IconCheck, IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { useLiveItems } from '../api/live';
import type { Filed, LimsRequest, TestRow } from '../api/types';
import { mayRequest, useSession } from '../auth/SessionContext';
import { CancelButton } from '../components/CancelButton';
import { type Column, DataTable } from '../components/DataTable';
import { LiveMark } from '../components/LiveMark';
import { PageHead } from '../components/PageHead';
import { ProblemAlert } from '../components/ProblemAlert';
import { StageTrack } from '../components/StageTrack';
import { StatusBadge } from '../components/StatusBadge';
import { benchWords, dateTime, shortThing } from '../format';
import { accepts, isEnded, merged, type RowFilter } from './requestRows';

const PAGE_SIZE = 20;

export function RequestsPage() {
  const { me } = useSession();
  const tests = useLiveItems<TestRow>('/api/tests?size=500', 'test');
  const requests = useLiveItems<LimsRequest>('/api/requests?size=500', 'request');
  const filed = (useLocation().state as { filed?: Filed } | null)?.filed;
  const [filter, setFilter] = useState<RowFilter>({ text: '', status: '', level: '', bench: '' });
  const [page, setPage] = useState(1);

  const rows = useMemo(() => merged(tests.value, [...requests.value.values()]), [tests.value, requests.value]);
  const shown = useMemo(() => rows.filter((row) => accepts(filter, row)), [rows, filter]);
  const columns = useMemo(() => columnsFor(me.roles), [me.roles]);
  const pages = Math.max(1, Math.ceil(shown.length / PAGE_SIZE));
  const current = Math.min(page, pages);

  function change(part: Partial<RowFilter>): void {
    setFilter((before) => ({ ...before, ...part }));
    setPage(1);
  }

  return (
    <>
      <PageHead title="Test Requests" hint="Every request with the stage it is in; times are UTC">
        <LiveMark state={tests.state} />
        {mayRequest(me.roles) && (
          <Button component={Link} to="/requests/new">
            New request
          </Button>
        )}
      </PageHead>
      {filed !== undefined && (
        <Alert
          role="status"
          mb="md"
          color="green"
          variant="outline"
          bg="white"
          icon={<IconCheck size={20} aria-hidden />}
          title={`Request ${filed.id} was filed`}
          styles={{ title: { color: 'var(--ok)' } }}
        >
          Its stages appear below as they happen.{' '}
          <Link className="link" to={`/tests/${filed.uuid}`}>
            Open {filed.id}
          </Link>
        </Alert>
      )}
      {tests.problem !== undefined && tests.state !== 'live' && <ProblemAlert problem={tests.problem} />}
      <section className="card" aria-label="Requests">
        <Group role="search" mb="sm" align="flex-end" gap="sm">
          <TextInput
            label="Find"
            placeholder="Id, name, unit, UUID…"
            leftSection={<IconSearch size={16} aria-hidden />}
            value={filter.text}
            onChange={(event) => change({ text: event.currentTarget.value })}
            w={280}
          />
          <NativeSelect
            label="Status"
            value={filter.status}
            onChange={(event) => change({ status: event.currentTarget.value as RowFilter['status'] })}
            data={[
              { value: '', label: 'All' },
              { value: 'submitted', label: 'Submitted' },
              { value: 'running', label: 'Running' },
              { value: 'completed', label: 'Completed' },
              { value: 'failed', label: 'Failed' },
              { value: 'cancelled', label: 'Cancelled' },
            ]}
          />
          <NativeSelect
            label="Level"
            value={filter.level}
            onChange={(event) => change({ level: event.currentTarget.value })}
            data={[
              { value: '', label: 'All' },
              { value: 'cell', label: 'Cell' },
              { value: 'module', label: 'Module' },
              { value: 'pack', label: 'Pack' },
            ]}
          />
          <NativeSelect
            label="Bench"
            value={filter.bench}
            onChange={(event) => change({ bench: event.currentTarget.value })}
            data={[
              { value: '', label: 'All' },
              { value: 'virtual', label: 'Virtual' },
              { value: 'physical', label: 'Physical' },
            ]}
          />
          <span className="sub" style={{ paddingBottom: 8 }} role="status">
            {shown.length === rows.length ? `${rows.length} requests` : `${shown.length} of ${rows.length} requests`}
          </span>
        </Group>
        <DataTable
          label="Table of requests"
          columns={columns}
          rows={shown.slice((current - 1) * PAGE_SIZE, current * PAGE_SIZE)}
          keyOf={(row) => row.uuid}
          attributesOf={(row) => ({
            'data-uuid': row.uuid,
            'data-stage': row.stage,
            className: row.uuid === filed?.uuid ? 'new' : undefined,
          })}
        />
        {shown.length === 0 && (
          <p>
            {rows.length > 0
              ? 'No request matches these filters.'
              : tests.state === 'live'
                ? 'No test has been requested yet.'
                : 'Loading…'}
          </p>
        )}
        {pages > 1 && (
          <Pagination
            mt="md"
            total={pages}
            value={current}
            onChange={setPage}
            getControlProps={(control) => ({ 'aria-label': `${control} page` })}
            getItemProps={(n) => ({ 'aria-label': `Page ${n}` })}
          />
        )}
      </section>
    </>
  );
}

function columnsFor(roles: readonly string[]): readonly Column<TestRow>[] {
  return [
    {
      head: 'Id',
      cell: (row) => (
        <Link className="link" to={`/tests/${row.uuid}`}>
          {row.id}
        </Link>
      ),
    },
    { head: 'Unit under test, type', className: 'keep', cell: (row) => <Pair first={row.uut} second={row.type} /> },
    { head: 'Test', cell: (row) => <Pair first={row.name} second={row.standard} /> },
    {
      head: 'Bench',
      cell: (row) => (
        <Pair first={benchWords(row.bench)} second={row.benchId === undefined ? undefined : shortThing(row.benchId)} />
      ),
    },
    {
      head: 'Scheduled (UTC)',
      cell: (row) =>
        row.scheduledDate === undefined ? (
          <Pair first="Not yet" second={`preferred ${dateTime(row.preferredDate)}`} />
        ) : (
          dateTime(row.scheduledDate)
        ),
    },
    { head: 'Status', cell: (row) => <StatusBadge stage={row.stage} /> },
    {
      head: 'Stage',
      className: 'message',
      cell: (row) => (
        <>
          <StageTrack stage={row.stage} progress={row.progress} />
          {row.message !== undefined && row.message !== '' && (
            <span className="sub" title={row.message}>
              {row.message}
            </span>
          )}
        </>
      ),
    },
    {
      head: 'Action',
      cell: (row) => (
        <Stack gap={4} align="flex-start">
          <Button component={Link} to={`/tests/${row.uuid}`} variant="default" size="compact-sm" aria-label={`Details of ${row.id}`}>
            Details
          </Button>
          {mayRequest(roles) && !isEnded(row.stage) && <CancelButton id={row.id} uuid={row.uuid} />}
        </Stack>
      ),
    },
  ];
}

function Pair({ first, second }: { first: string; second: string | undefined }) {
  return (
    <>
      {first}
      {second !== undefined && <span className="sub">{second}</span>}
    </>
  );
}

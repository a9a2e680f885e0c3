import { Button } from '@mantine/core';
import { IconCheck, IconClock, IconX } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useLiveDocument, useLiveItems } from '../api/live';
import type { Analytics, Component, Health, TestRow } from '../api/types';
import { mayRequest, useSession } from '../auth/SessionContext';
import { type Column, DataTable, TestLink } from '../components/DataTable';
import { LiveMark } from '../components/LiveMark';
import { PageHead } from '../components/PageHead';
import { ProblemAlert } from '../components/ProblemAlert';
import { StageTrack } from '../components/StageTrack';
import { capital, StatusBadge } from '../components/StatusBadge';
import { benchWords, dateTime } from '../format';

const RECENT = 8;

const STATUS_ROWS = [
  { key: 'started', label: 'Submitted', tone: '#8aa0ac' },
  { key: 'in progress', label: 'Running', tone: '#1f7fb0' },
  { key: 'completed', label: 'Completed', tone: '#2f8f62' },
  { key: 'failed', label: 'Failed', tone: '#c8413a' },
  { key: 'cancelled', label: 'Cancelled', tone: '#8697a1' },
] as const;

const RECENT_COLUMNS: readonly Column<TestRow>[] = [
  { head: 'Test', cell: (test) => <TestLink uuid={test.uuid} id={test.id} name={test.name} /> },
  {
    head: 'Unit under test, bench',
    className: 'keep',
    cell: (test) => (
      <>
        {test.uut}
        <span className="sub">{benchWords(test.bench)}</span>
      </>
    ),
  },
  { head: 'Stage', cell: (test) => <StageTrack stage={test.stage} progress={test.progress} /> },
  { head: 'Status', cell: (test) => <StatusBadge stage={test.stage} /> },
];

export function DashboardPage() {
  const { me } = useSession();
  const analytics = useLiveDocument<Analytics>('/api/tests/analytics', 'analytics');
  const tests = useLiveItems<TestRow>('/api/tests?size=50', 'test');
  const health = useLiveDocument<Health>('/api/health/components', 'health');
  const recent = useMemo(() => [...tests.value.values()].reverse().slice(0, RECENT), [tests.value]);

  return (
    <>
      <PageHead title="Dashboard" hint="Tests, latest activity and the platform's components">
        <LiveMark state={analytics.state} />
        {mayRequest(me.roles) && (
          <Button component={Link} to="/requests/new">
            New request
          </Button>
        )}
      </PageHead>
      {analytics.problem !== undefined && analytics.state !== 'live' && <ProblemAlert problem={analytics.problem} />}
      <Totals analytics={analytics.value} />
      <div className="two">
        <section className="card" aria-labelledby="recent-title">
          <h2 id="recent-title" className="card-title">
            Recent activity
          </h2>
          {recent.length === 0 ? (
            <p>{tests.state === 'live' ? 'No test has been requested yet.' : 'Loading…'}</p>
          ) : (
            <DataTable label="Table of recent activity" columns={RECENT_COLUMNS} rows={recent} keyOf={(test) => test.uuid} />
          )}
        </section>
        <div className="stack">
          <Counts analytics={analytics.value} />
          <Components health={health.value} />
        </div>
      </div>
    </>
  );
}

function Totals({ analytics }: { analytics: Analytics | null }) {
  const tiles = [
    { label: 'Total tests', value: analytics?.total, tone: '#0d4a63' },
    ...STATUS_ROWS.slice(0, 4).map((row) => ({
      label: row.label,
      value: analytics?.byStatus[row.key],
      tone: row.tone,
    })),
  ];
  return (
    <dl className="tiles" aria-label="Totals">
      {tiles.map((tile) => (
        <div key={tile.label} className="tile" style={{ '--tone': tile.tone } as React.CSSProperties}>
          <dt>{tile.label}</dt>
          <dd data-testid={`total-${tile.label}`}>{tile.value ?? '–'}</dd>
        </div>
      ))}
    </dl>
  );
}

function Bars({ title, rows }: { title: string; rows: { label: string; n: number; tone?: string }[] }) {
  const most = Math.max(1, ...rows.map((row) => row.n));
  return (
    <div>
      <h3 className="card-title">{title}</h3>
      <dl className="bars">
        {rows.map((row) => (
          <div key={row.label} style={{ display: 'contents', '--tone': row.tone } as React.CSSProperties}>
            <dt>{row.label}</dt>
            <dd className="bar" style={{ margin: 0 }} aria-hidden>
              <span style={{ width: `${(100 * row.n) / most}%` }} />
            </dd>
            <dd className="n" style={{ margin: 0 }}>
              {row.n}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Counts({ analytics }: { analytics: Analytics | null }) {
  return (
    <section className="card" aria-labelledby="counts-title">
      <h2 id="counts-title" className="hidden">
        Counts
      </h2>
      <div className="stack">
        <Bars
          title="Tests per level"
          rows={(['cell', 'module', 'pack'] as const).map((level) => ({
            label: capital(level),
            n: analytics?.byLevel[level] ?? 0,
          }))}
        />
        <Bars
          title="Tests per status"
          rows={STATUS_ROWS.map((row) => ({
            label: row.label,
            n: analytics?.byStatus[row.key] ?? 0,
            tone: row.tone,
          }))}
        />
      </div>
    </section>
  );
}

const HEALTH_ICONS = { up: IconCheck, starting: IconClock, down: IconX };

function Components({ health }: { health: Health | null }) {
  const components = health?.components ?? [];
  const up = components.filter((component) => component.status === 'up').length;
  return (
    <section className="card" aria-labelledby="components-title">
      <h2 id="components-title" className="card-title">
        Components{components.length > 0 && ` – ${up} of ${components.length} up`}
      </h2>
      {components.length === 0 ? (
        <p>{health === null ? 'Loading…' : 'No component has registered.'}</p>
      ) : (
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Status</th>
              <th scope="col">Since (UTC)</th>
            </tr>
          </thead>
          <tbody>
            {components.map((component) => (
              <ComponentRow key={component.name} component={component} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function ComponentRow({ component }: { component: Component }) {
  const Icon = HEALTH_ICONS[component.status];
  return (
    <tr>
      <td>
        {component.name}
        {component.detail !== undefined && component.detail !== '' && <span className="sub">{component.detail}</span>}
      </td>
      <td>
        <span className={`status status-${component.status}`}>
          <Icon size={14} stroke={2.2} aria-hidden />
          {capital(component.status)}
        </span>
      </td>
      <td className="keep">{dateTime(component.since)}</td>
    </tr>
  );
}

import { Button, Chip, Group, SegmentedControl, TextInput } from '@mantine/core';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { problemOf, withQuery } from '../api/client';
import { useLive, useLiveItems } from '../api/live';
import type { Measurement, Problem, Results, TestRow } from '../api/types';
import { useGet } from '../api/useGet';
import { useSession } from '../auth/SessionContext';
import { LiveMark } from '../components/LiveMark';
import { PageHead } from '../components/PageHead';
import { ProblemAlert } from '../components/ProblemAlert';
import { StatusBadge } from '../components/StatusBadge';
import { count, dateTime, shortThing, variableWords } from '../format';
import { Chart, type Range, ZoomButtons } from '../trend/Chart';
import { download, exportCsv } from '../trend/csv';
import { appended, jumps, offsets, panels, type TimeAxis } from '../trend/series';

const POINTS = 3000;
const MEASUREMENTS_AGAIN_MS = 10_000;

export function TrendsPage() {
  const [query, setQuery] = useSearchParams();
  const test = query.get('test');
  const thing = query.get('thing');
  const stream = query.get('stream');
  const path =
    test !== null
      ? `/api/tests/${encodeURIComponent(test)}/results`
      : thing !== null && stream !== null
        ? `/api/measurements/${encodeURIComponent(thing)}/${encodeURIComponent(stream)}/results`
        : null;
  return (
    <>
      <PageHead title="Trends" hint="Inputs and outputs of tests and measurements over time, also while they run" />
      <div className="trends">
        <Finder test={test} thing={thing} stream={stream} onFirst={(uuid) => setQuery({ test: uuid }, { replace: true })} />
        {path === null ? (
          <section className="card">
            <p style={{ margin: 0 }}>Choose a test or a measurement on the left.</p>
          </section>
        ) : (
          <Curves key={path} path={path} testId={test} />
        )}
      </div>
    </>
  );
}

function Finder(props: { test: string | null; thing: string | null; stream: string | null; onFirst(uuid: string): void }) {
  const tests = useLiveItems<TestRow>('/api/tests?size=500', 'test');
  const measurements = useGet<{ items: Measurement[] }>('/api/measurements');
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const { reload } = measurements;
  useEffect(() => {
    const timer = setInterval(reload, MEASUREMENTS_AGAIN_MS);
    return () => clearInterval(timer);
  }, [reload]);
  // The list stays while it is asked for again.
  const [items, setItems] = useState<Measurement[]>([]);
  useEffect(() => {
    if (measurements.value !== null) {
      setItems(measurements.value.items);
    }
  }, [measurements.value]);

  const found = useMemo(
    () =>
      [...tests.value.values()]
        .filter((test) => [test.id, test.name, test.type, test.uut, test.uutLabel, test.uuid, test.standard].join('\n').toLowerCase().includes(wanted))
        .sort((a, b) => b.id.localeCompare(a.id, 'en', { numeric: true })),
    [tests.value, wanted],
  );
  const other = items.filter(
    (item) => item.run === undefined && [item.thing, item.stream, item.source].join('\n').toLowerCase().includes(wanted),
  );
  const nothingChosen = props.test === null && props.thing === null;
  const { onFirst } = props;
  const first = found.find((test) => test.stage === 'running' || test.stage === 'completed')?.uuid;
  useEffect(() => {
    if (nothingChosen && first !== undefined) {
      onFirst(first);
    }
  }, [nothingChosen, first, onFirst]);

  return (
    <section className="card" aria-label="Find a test or measurement">
      <TextInput
        label="Find"
        placeholder="Name, type, unit or UUID"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        mb="md"
      />
      <h2 className="card-title">Tests</h2>
      {found.length === 0 && <p className="sub">{tests.state === 'live' ? 'None found.' : 'Loading…'}</p>}
      <ul className="pick" aria-label="Tests">
        {found.slice(0, 100).map((test) => (
          <li key={test.uuid}>
            <Link to={`/trends?test=${test.uuid}`} aria-current={props.test === test.uuid || props.test === test.id ? 'true' : undefined}>
              <span className="top">
                <span>{test.id}</span>
                <StatusBadge stage={test.stage} />
              </span>
              <span className="sub">
                {test.name} · {test.uut}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <h2 className="card-title" style={{ marginTop: 16 }}>
        Measurements
      </h2>
      {other.length === 0 && <p className="sub">None found.</p>}
      <ul className="pick" aria-label="Measurements">
        {other.map((item) => (
          <li key={`${item.thing}|${item.stream}`}>
            <Link
              to={withQuery('/trends', { thing: item.thing, stream: item.stream })}
              aria-current={props.thing === item.thing && props.stream === item.stream ? 'true' : undefined}
            >
              <span className="top">
                <span>{shortThing(item.thing)}</span>
                {item.live && <span className="status status-running">Live</span>}
              </span>
              <span className="sub" style={{ overflowWrap: 'anywhere' }}>
                {item.stream} · {count(item.rows)} rows · {dateTime(item.firstAt)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function rowsWords(results: Results): string {
  return results.totalRows === undefined
    ? `${count(results.rows)} rows stored`
    : `${count(results.rows)} of ${count(results.totalRows)} rows stored`;
}

function Curves({ path, testId }: { path: string; testId: string | null }) {
  const { api } = useSession();
  const live = useLive<Results | null, Results>(`${path}?points=${POINTS}`, 'samples', null, appended, true);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [axis, setAxis] = useState<TimeAxis>('elapsed');
  const [range, setRange] = useState<Range | null>(null);
  const [exporting, setExporting] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const results = live.value;
  const series = useMemo(() => results?.series ?? [], [results]);
  const begins = useMemo(() => offsets(series), [series]);
  const jumpCount = useMemo(() => jumps(series), [series]);
  const shown = useMemo(() => panels(series.filter((one) => !hidden.has(one.name))), [series, hidden]);
  const whole = useMemo<Range>(() => {
    let least = Number.POSITIVE_INFINITY;
    let most = 0;
    for (const one of series) {
      least = Math.min(least, one.points[0]?.[0] ?? Number.POSITIVE_INFINITY);
      for (const [time] of one.points) {
        most = Math.max(most, time);
      }
    }
    if (axis === 'elapsed') {
      most = Math.max(most, ...series.map((one) => (begins[begins.length - 1] ?? 0) + (one.points.at(-1)?.[0] ?? 0)));
    }
    return [Number.isFinite(least) ? (jumpCount > 0 && axis === 'recorded' ? 0 : least) : 0, most > 0 ? most : 1];
  }, [series, axis, begins, jumpCount]);

  if (results === null) {
    const waiting = live.problem === undefined || live.problem.status === 404;
    return (
      <section className="card">
        <Group justify="space-between">
          <p style={{ margin: 0 }}>{waiting ? 'No rows yet. Curves appear as soon as the first arrive.' : 'The rows did not come.'}</p>
          <LiveMark state={live.state} />
        </Group>
        {!waiting && live.problem !== undefined && <ProblemAlert problem={live.problem} />}
      </section>
    );
  }

  async function save(): Promise<void> {
    if (results === null) {
      return;
    }
    setExporting(true);
    setProblem(null);
    try {
      const names = series.filter((one) => !hidden.has(one.name)).map((one) => one.name);
      download(`${shortThing(results.thing)}_${results.stream}.csv`, await exportCsv(api, path, names));
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setExporting(false);
    }
  }

  const aside = results.keptAside;
  return (
    <div className="stack">
      <section className="card" aria-label="What is shown">
        <Group justify="space-between" align="flex-start" mb="sm">
          <div>
            <strong>{shortThing(results.thing)}</strong>
            {testId !== null && (
              <>
                {' · '}
                <Link className="link" to={`/tests/${testId}`}>
                  Details of the test
                </Link>
              </>
            )}
            <span className="sub" role="status" data-testid="rows">
              {rowsWords(results)}
              {results.live ? ', more are coming' : ''}
              {` · source ${results.source}`}
            </span>
          </div>
          <Group gap="md">
            <LiveMark state={live.state} />
            <Button
              variant="default"
              size="compact-sm"
              loading={exporting}
              leftSection={<IconDownload size={16} aria-hidden />}
              onClick={() => void save()}
            >
              Export CSV
            </Button>
          </Group>
        </Group>
        {problem !== null && <ProblemAlert problem={problem} title="The export did not work" />}
        {aside.values > 0 && (
          <p style={{ margin: '0 0 12px', color: 'var(--warn)', fontSize: 13.5 }}>
            {count(aside.values)} values that cannot be true are kept aside and not drawn:{' '}
            {Object.entries(aside.reasons)
              .map(([reason, n]) => `${reason} (${count(n)})`)
              .join('; ')}
            .
          </p>
        )}
        <Group gap="lg" align="center" mb="sm">
          <ZoomButtons range={range} whole={whole} onRange={setRange} />
          {jumpCount > 0 && (
            <Group gap="xs">
              <SegmentedControl
                size="xs"
                aria-label="Time axis"
                value={axis}
                onChange={(value) => {
                  setAxis(value as TimeAxis);
                  setRange(null);
                }}
                data={[
                  { value: 'elapsed', label: 'Elapsed time' },
                  { value: 'recorded', label: 'Time as recorded' },
                ]}
              />
              <span className="sub" style={{ display: 'inline' }}>
                The recorded time jumps back {jumpCount === 1 ? 'once' : `${jumpCount} times`};{' '}
                {axis === 'elapsed' ? 'the pieces are put end to end.' : 'each piece is a line of its own.'}
              </span>
            </Group>
          )}
        </Group>
        <Chip.Group multiple value={series.filter((one) => !hidden.has(one.name)).map((one) => one.name)}>
          <Group gap={6} role="group" aria-label="Variables shown">
            {series.map((one) => (
              <Chip
                key={one.name}
                size="xs"
                variant="outline"
                value={one.name}
                onChange={(checked) =>
                  setHidden((before) => {
                    const next = new Set(before);
                    if (checked) {
                      next.delete(one.name);
                    } else {
                      next.add(one.name);
                    }
                    return next;
                  })
                }
              >
                {variableWords(one.name)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </section>
      {shown.map((panel) => (
        <Chart key={panel.unit} panel={panel} axis={axis} begins={begins} range={range} onRange={setRange} />
      ))}
    </div>
  );
}

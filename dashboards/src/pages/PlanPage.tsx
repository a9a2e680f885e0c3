import { Button, Group, Popover, SegmentedControl } from '@mantine/core';
import { useEffect, useMemo, useState } from 'react';
import { useLiveDocument } from '../api/live';
import type { Assignment, BenchRow, Schedule } from '../api/types';
import { type Column, DataTable, TestLink } from '../components/DataTable';
import { LiveMark } from '../components/LiveMark';
import { PageHead } from '../components/PageHead';
import { ProblemAlert } from '../components/ProblemAlert';
import { capital, StatusBadge, statusOf } from '../components/StatusBadge';
import { benchWords, dateTime, quantity } from '../format';
import { lanes, percent, ticks } from '../plan/layout';
import { PlanQuality } from '../plan/PlanQuality';

const HOUR = 3_600_000;
const SPANS = [
  { value: '6', label: '6 hours' },
  { value: '24', label: '1 day' },
  { value: '72', label: '3 days' },
  { value: '168', label: '1 week' },
];
const LANE_PX = 42;
/** Part of the width that a job's least 26 px (styles.css) are at most: the row is 700 px wide or more. */
const LEAST_PART = 28 / 700;
/** Below so many percent of the width there is no room for words. */
const WORDS_FROM_PERCENT = 4;

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

export function PlanPage() {
  const live = useLiveDocument<Schedule>('/api/schedule', 'schedule');
  const now = useNow();
  const [hours, setHours] = useState(24);
  const [shift, setShift] = useState(0);
  const from = Math.floor(now / HOUR) * HOUR - Math.max(1, Math.round(hours / 8)) * HOUR + shift * hours * HOUR * 0.5;
  const to = from + hours * HOUR;
  const schedule = live.value;
  const inRange = useMemo(
    () =>
      (schedule?.assignments ?? []).filter(
        (a) => new Date(a.tearDownEnd).getTime() > from && new Date(a.setUpStart).getTime() < to,
      ),
    [schedule, from, to],
  );

  return (
    <>
      <PageHead title="Bench plan" hint="Which test runs on which bench and when, and why; times are UTC">
        <LiveMark state={live.state} />
      </PageHead>
      {live.problem !== undefined && live.state !== 'live' && <ProblemAlert problem={live.problem} />}
      <div className="stack">
        <section className="card" aria-labelledby="timeline-title">
          <Group justify="space-between" mb="md">
            <h2 id="timeline-title" className="card-title" style={{ margin: 0 }}>
              {dateTime(new Date(from).toISOString())} to {dateTime(new Date(to).toISOString())}
            </h2>
            <Group gap="sm">
              <SegmentedControl
                size="xs"
                aria-label="Span"
                data={SPANS}
                value={String(hours)}
                onChange={(value) => {
                  setHours(Number(value));
                  setShift(0);
                }}
              />
              <Group gap={6} role="group" aria-label="Move in time">
                <Button variant="default" size="compact-sm" onClick={() => setShift(shift - 1)}>
                  Earlier
                </Button>
                <Button variant="default" size="compact-sm" disabled={shift === 0} onClick={() => setShift(0)}>
                  Now
                </Button>
                <Button variant="default" size="compact-sm" onClick={() => setShift(shift + 1)}>
                  Later
                </Button>
              </Group>
            </Group>
          </Group>
          {schedule === null ? (
            <p>Loading…</p>
          ) : (
            <Timeline benches={schedule.benches} assignments={inRange} from={from} to={to} now={now} />
          )}
          <div className="plan-legend">
            {(['submitted', 'running', 'completed', 'failed', 'cancelled'] as const).map((status) => (
              <span key={status} className={`job-${status}`}>
                <span className="swatch" aria-hidden />
                {status === 'submitted' ? 'Scheduled' : capital(status)}
              </span>
            ))}
            <span>
              <span className="swatch swatch-setup" aria-hidden />
              Set-up and tear-down
            </span>
          </div>
        </section>
        {schedule?.plan !== undefined && (
          <section className="card" aria-labelledby="plan-quality-title">
            <h2 id="plan-quality-title" className="card-title">
              The last plan
            </h2>
            <PlanQuality figures={schedule.plan} />
          </section>
        )}
        {schedule !== null && <PlanTable benches={schedule.benches} assignments={schedule.assignments} />}
      </div>
    </>
  );
}

interface TimelineProps {
  benches: readonly BenchRow[];
  assignments: readonly Assignment[];
  from: number;
  to: number;
  now: number;
}

function Timeline({ benches, assignments, from, to, now }: TimelineProps) {
  const marks = ticks(from, to, 12);
  const nowAt = percent(now, from, to);
  return (
    <div className="plan">
      <div className="plan-bench" style={{ borderBottom: 0 }}>
        <span className="sub">Bench</span>
      </div>
      <div className="plan-axis" aria-hidden>
        {marks.map((mark) => (
          <div key={mark.at}>
            <span style={{ left: `${percent(mark.at, from, to)}%` }}>{mark.label}</span>
            {mark.day !== undefined && (
              <span className="day" style={{ left: `${percent(mark.at, from, to)}%` }}>
                {mark.day}
              </span>
            )}
          </div>
        ))}
      </div>
      {benches.map((bench) => {
        const { placed, count } = lanes(
          assignments.filter((a) => a.bench === bench.id),
          (to - from) * LEAST_PART,
        );
        return (
          <div key={bench.id} style={{ display: 'contents' }}>
            <div className="plan-bench">
              <strong>{bench.name}</strong>
              <span className="sub">
                {benchWords(bench.kind)}, {bench.channels} {bench.channels === 1 ? 'channel' : 'channels'}
                {!bench.inService && ', out of service'}
              </span>
            </div>
            <div
              className={bench.inService ? 'plan-row' : 'plan-row plan-off'}
              style={{ minHeight: count * LANE_PX + 12 }}
              role="group"
              aria-label={`Tests on ${bench.name}`}
            >
              {marks.map((mark) => (
                <span key={mark.at} className="plan-line" style={{ left: `${percent(mark.at, from, to)}%` }} />
              ))}
              {nowAt >= 0 && nowAt <= 100 && <span className="plan-now" style={{ left: `${nowAt}%` }} />}
              {placed.map(({ assignment, lane }) => (
                <Job key={assignment.run} job={assignment} bench={bench} lane={lane} from={from} to={to} />
              ))}
            </div>
          </div>
        );
      })}
      {benches.length === 0 && <p>No bench is known.</p>}
    </div>
  );
}

function Job({ job, bench, lane, from, to }: { job: Assignment; bench: BenchRow; lane: number; from: number; to: number }) {
  const [open, setOpen] = useState(false);
  const at = (iso: string): number => percent(new Date(iso).getTime(), from, to);
  const left = at(job.setUpStart);
  const width = at(job.tearDownEnd) - left;
  const part = (iso: string): number => (width > 0 ? (100 * (at(iso) - left)) / width : 0);
  return (
    <Popover opened={open} width={360} position="bottom-start" withArrow shadow="md" trapFocus={false} withRoles={false}>
      <Popover.Target>
        <button
          type="button"
          className={`job job-${statusOf(job.stage)}`}
          style={{ left: `${left}%`, width: `${width}%`, top: 6 + lane * LANE_PX }}
          aria-label={`${job.id} ${job.name} of ${job.uut} on ${bench.name}, ${dateTime(job.start)} to ${dateTime(job.end)}, ${job.stage}. Why: ${job.why}`}
          onMouseEnter={() => setOpen(true)}
          onMouseLeave={() => setOpen(false)}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              setOpen(false);
            }
          }}
        >
          <span className="job-setup" />
          <span className="job-run" style={{ left: `${part(job.start)}%`, width: `${part(job.end) - part(job.start)}%` }}>
            {width >= WORDS_FROM_PERCENT && (
              <span className="job-words">
                {job.name} {job.id}
              </span>
            )}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <strong>
          {job.id} {job.name}
        </strong>
        <span className="sub">
          {job.uut} · {dateTime(job.start)} to {dateTime(job.end)}
        </span>
        <p style={{ margin: '8px 0 0', fontSize: 13.5 }}>{job.why}</p>
        {staffWords(job) !== '' && <span className="sub">{staffWords(job)}</span>}
        {(job.soaks ?? []).length > 0 && (
          <span className="sub">Chamber: {(job.soaks ?? []).map((soak) => `${quantity(soak.celsius)} °C`).join(', then ')}</span>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** Who sets it up and takes it down, when that is known. */
function staffWords({ setUpBy, tearDownBy }: Assignment): string {
  const up = setUpBy ?? '';
  const down = tearDownBy ?? '';
  if (up === '' && down === '') {
    return '';
  }
  return up === down ? `Set up and taken down by ${up}` : `Set up by ${up === '' ? 'nobody' : up}, taken down by ${down === '' ? 'nobody' : down}`;
}

function PlanTable({ benches, assignments }: { benches: readonly BenchRow[]; assignments: readonly Assignment[] }) {
  const names = new Map(benches.map((bench) => [bench.id, bench.name]));
  const rows = [...assignments].sort((a, b) => b.start.localeCompare(a.start));
  const columns: readonly Column<Assignment>[] = [
    { head: 'Test', cell: (row) => <TestLink uuid={row.run} id={row.id} name={row.name} /> },
    { head: 'Unit under test', className: 'keep', cell: (row) => row.uut },
    { head: 'Bench', cell: (row) => names.get(row.bench) ?? row.bench },
    { head: 'Start (UTC)', className: 'keep', cell: (row) => dateTime(row.start) },
    { head: 'End (UTC)', className: 'keep', cell: (row) => dateTime(row.end) },
    { head: 'Status', cell: (row) => <StatusBadge stage={row.stage} /> },
    { head: 'Why', className: 'why', cell: (row) => row.why },
  ];
  return (
    <section className="card" aria-labelledby="plan-table-title">
      <h2 id="plan-table-title" className="card-title">
        All assignments
      </h2>
      {rows.length === 0 ? (
        <p style={{ margin: 0 }}>No test is scheduled yet.</p>
      ) : (
        <DataTable label="Table of assignments" columns={columns} rows={rows} keyOf={(row) => row.run} />
      )}
    </section>
  );
}

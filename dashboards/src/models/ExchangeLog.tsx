import type { Problem } from '../api/types';
import { type Column, DataTable } from '../components/DataTable';
import { ProblemAlert } from '../components/ProblemAlert';
import { dateTime } from '../format';
import type { LogEntry } from './types';
import { deed } from './words';

const COLUMNS: readonly Column<LogEntry>[] = [
  { head: 'When (UTC)', cell: (entry) => dateTime(entry.at) },
  { head: 'Who', cell: (entry) => <strong>{entry.who}</strong> },
  { head: 'Did', cell: (entry) => deed(entry) },
  {
    head: 'What',
    className: 'keep',
    cell: (entry) => (
      <>
        {entry.path}
        {entry.code !== undefined && <span className="sub">{entry.code}</span>}
      </>
    ),
  },
  { head: 'By', cell: (entry) => entry.door ?? 'web' },
  {
    head: 'SHA-256',
    cell: (entry) => (entry.sha256 === undefined ? '–' : <code title={entry.sha256}>{entry.sha256.slice(0, 12)}</code>),
  },
];

/** Who did what in the exchange, the newest first. */
export function ExchangeLog({ entries, problem }: { entries: readonly LogEntry[]; problem: Problem | null }) {
  return (
    <section className="card" aria-labelledby="log-title">
      <h2 id="log-title" className="card-title">
        Who did what
      </h2>
      {problem !== null && <ProblemAlert problem={problem} title="The log did not come" />}
      <DataTable
        label="Log of the models exchange"
        columns={COLUMNS}
        rows={entries}
        keyOf={(entry) => `${entry.at} ${entry.who} ${entry.did} ${entry.path}`}
      />
      {entries.length === 0 && <p>Nothing has happened here yet.</p>}
    </section>
  );
}

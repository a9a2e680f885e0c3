import type { LimsRequest, Stage, TestRow, TestStatus } from '../api/types';
import { statusOf } from '../components/StatusBadge';

const TEST_STATUS: Record<ReturnType<typeof statusOf>, TestStatus> = {
  submitted: 'started',
  running: 'in progress',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
};

function levelOf(uut: string): string {
  const found = /-(CELL|MODULE|PACK)-/i.exec(uut)?.[1]?.toLowerCase();
  return found === undefined ? '–' : `${found.charAt(0).toUpperCase()}${found.slice(1)}-level`;
}

/** A request that the laboratory's database knows and the twin does not know yet. */
export function waitingRow(request: LimsRequest): TestRow {
  return {
    id: request.id,
    uuid: request.uuid,
    name: request.testName,
    type: levelOf(request.uut),
    uut: request.uut,
    uutLabel: request.uut,
    uutThing: '',
    bench: request.bench,
    preferredDate: request.preferredDate,
    status: TEST_STATUS[statusOf(request.stage)],
    stage: request.stage,
    progress: request.progress,
    standard: request.standard,
    useCase: request.useCase,
    requester: request.requester,
    message: request.failure?.cause ?? request.message ?? 'On its way to the digital twin',
  };
}

/** All rows, newest first; the twin's own rows win. */
export function merged(tests: ReadonlyMap<string, TestRow>, requests: readonly LimsRequest[]): TestRow[] {
  const rows = [...tests.values()];
  for (const request of requests) {
    if (!tests.has(request.uuid)) {
      rows.push(waitingRow(request));
    }
  }
  return rows.sort((a, b) => b.id.localeCompare(a.id, 'en', { numeric: true }));
}

export interface RowFilter {
  text: string;
  status: '' | ReturnType<typeof statusOf>;
  level: string;
  bench: string;
}

export function accepts(filter: RowFilter, row: TestRow): boolean {
  if (filter.status !== '' && statusOf(row.stage) !== filter.status) {
    return false;
  }
  if (filter.level !== '' && !row.type.toLowerCase().startsWith(filter.level)) {
    return false;
  }
  if (filter.bench !== '' && row.bench !== filter.bench) {
    return false;
  }
  const wanted = filter.text.trim().toLowerCase();
  return (
    wanted === '' ||
    [row.id, row.uuid, row.name, row.type, row.uut, row.uutLabel, row.standard, row.requester, row.benchId ?? '', row.stage]
      .join('\n')
      .toLowerCase()
      .includes(wanted)
  );
}

export function isEnded(stage: Stage): boolean {
  return stage === 'completed' || stage === 'failed' || stage === 'cancelled';
}

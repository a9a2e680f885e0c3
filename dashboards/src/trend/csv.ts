import type { ApiClient } from '../api/client';
import { withQuery } from '../api/client';
import type { Results, Series } from '../api/types';

/** Rows asked for at once: with as many points allowed, nothing is reduced. */
const CHUNK = 20_000;

interface Row {
  piece: number;
  time: number;
  values: (number | undefined)[];
}

/** Rows of the series in their order; a value joins the row of its time, also when times repeat or jump back. */
export function rowsOf(series: readonly Series[]): Row[] {
  const rows = new Map<string, Row & { nth: number }>();
  series.forEach((one, column) => {
    let piece = 0;
    let last = Number.NEGATIVE_INFINITY;
    let nth = 0;
    for (const [time, value] of one.points) {
      if (time < last) {
        piece += 1;
      }
      nth = time === last ? nth + 1 : 0;
      last = time;
      const key = `${piece}|${time}|${nth}`;
      let row = rows.get(key);
      if (row === undefined) {
        row = { piece, time, nth, values: [] };
        rows.set(key, row);
      }
      row.values[column] = value;
    }
  });
  return [...rows.values()].sort((a, b) => a.piece - b.piece || a.time - b.time || a.nth - b.nth);
}

function quoted(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function header(series: readonly Series[]): string {
  return ['Time [s]', ...series.map((one) => `${one.name} [${one.unit}]`)].map(quoted).join(',');
}

export function body(series: readonly Series[]): string {
  return rowsOf(series)
    .map((row) => [row.time, ...series.map((_, column) => row.values[column] ?? '')].join(','))
    .join('\n');
}

/** Every stored row of the wanted variables, read in chunks, as CSV. */
export async function exportCsv(api: ApiClient, path: string, variables: readonly string[]): Promise<string> {
  const parts: string[] = [];
  let from = 0;
  let head: string | null = null;
  for (;;) {
    const results = await api.get<Results>(
      withQuery(path, { variables: variables.join(','), from, to: from + CHUNK - 1, points: 2 * CHUNK }),
    );
    const wanted = variables.flatMap((name) => results.series.filter((series) => series.name === name));
    head ??= header(wanted);
    const text = body(wanted);
    if (text !== '') {
      parts.push(text);
    }
    from += CHUNK;
    if (from >= Math.max(results.rows, results.totalRows ?? 0)) {
      return [head, ...parts, ''].join('\n');
    }
  }
}

/** Hands a text to the browser as a file. */
export function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

import { describe, expect, it } from 'vitest';
import type { Point, Results, Series } from '../api/types';
import { body, header } from './csv';
import { aligned, appended, jumps, lines, offsets, panels, pieces, sampled, thinned } from './series';

const series = (name: string, unit: string, points: Point[], type: 'input' | 'output' = 'output'): Series => ({ name, unit, type, points });

const RESTARTED = [
  series('U', 'V', [[0, 3], [10, 4], [0, 5], [10, 6]]),
  series('I', 'A', [[0, 1], [8, 1], [0, 2]], 'input'),
];

describe('a clock that jumps back', () => {
  it('cuts a curve into pieces', () => {
    expect(pieces(RESTARTED[0]?.points ?? []).map((piece) => piece.length)).toEqual([2, 2]);
    expect(jumps(RESTARTED)).toBe(1);
    expect(pieces([[0, 1], [0, 2]])).toHaveLength(1);
  });

  it('is continued at the same place in all curves', () => {
    expect(offsets(RESTARTED)).toEqual([0, 10]);
    const [panel] = panels([RESTARTED[0] as Series]);
    const [line] = lines(panel as never, 'elapsed', [0, 10]);
    expect(line?.points).toEqual([[0, 3], [10, 4], [10, 5], [20, 6]]);
    expect(lines(panel as never, 'recorded', [0, 10])).toHaveLength(2);
  });

  it('keeps every row, in order, in the export', () => {
    expect(header(RESTARTED)).toBe('Time [s],U [V],I [A]');
    expect(body(RESTARTED)).toBe('0,3,1\n8,,1\n10,4,\n0,5,2\n10,6,');
  });
});

describe('curves', () => {
  it('share an axis per unit, inputs first', () => {
    const all = panels([series('T', 'degC', []), series('U', 'V', []), series('Tamb', 'degC', [], 'input')]);
    expect(all.map((panel) => [panel.unit, panel.series.map((one) => one.name)])).toEqual([
      ['degC', ['Tamb', 'T']],
      ['V', ['U']],
    ]);
  });

  it('are aligned to one ascending time column', () => {
    expect(aligned([{ curve: 0, points: [[0, 1], [2, 2]] }, { curve: 1, points: [[1, 5]] }])).toEqual([
      [0, 1, 2],
      [1, undefined, 2],
      [undefined, 5, undefined],
    ]);
  });

  it('grow by what is new', () => {
    const base: Results = { uuid: null, stream: 's', thing: 't', source: '', timeUnit: 's', rows: 1, live: true, keptAside: { values: 0, reasons: {} }, series: [series('U', 'V', [[0, 1]])] };
    const next = appended(base, { ...base, rows: 2, series: [series('U', 'V', [[1, 2]]), series('I', 'A', [[1, 9]])] });
    expect(next.rows).toBe(2);
    expect(next.series.map((one) => one.points)).toEqual([[[0, 1], [1, 2]], [[1, 9]]]);
  });

  it('are thinned without losing extremes', () => {
    const points: Point[] = Array.from({ length: 1000 }, (_, i) => [i, i === 333 ? 99 : i === 700 ? -99 : 0]);
    const few = thinned(points, 500);
    expect(few.length).toBeLessThanOrEqual(500);
    expect(few).toContainEqual([333, 99]);
    expect(few).toContainEqual([700, -99]);
  });

  it('are sampled with both ends', () => {
    const few = sampled([...Array(1000).keys()], 10);
    expect(few).toHaveLength(10);
    expect([few[0], few.at(-1)]).toEqual([0, 999]);
  });
});

import type { Point, Results, Series } from '../api/types';

/** How time is drawn: as recorded (it may jump back to 0), or with the pieces between jumps put end to end. */
export type TimeAxis = 'recorded' | 'elapsed';

/** More points of one curve than a screen can show; older ones are thinned out beyond it. */
const MOST_POINTS = 24_000;

/** Curves of one unit, which share an axis. */
export interface Panel {
  unit: string;
  series: Series[];
}

/** Appends a live update: only rows since the last event. */
export function appended(before: Results | null, news: Results): Results {
  if (before === null) {
    return news;
  }
  const known = new Map(before.series.map((series) => [series.name, series]));
  const series = news.series.map((one) => {
    const old = known.get(one.name);
    known.delete(one.name);
    return old === undefined ? one : { ...one, points: thinned([...old.points, ...one.points], MOST_POINTS) };
  });
  return { ...news, series: [...series, ...known.values()] };
}

/** Halves the points when there are too many: of every four, the first, the extremes' two in order are kept. */
export function thinned(points: Point[], most: number): Point[] {
  if (points.length <= most) {
    return points;
  }
  const kept: Point[] = [];
  for (let i = 0; i < points.length; i += 4) {
    const group = points.slice(i, i + 4);
    const low = group.reduce((a, b) => (b[1] < a[1] ? b : a));
    const high = group.reduce((a, b) => (b[1] > a[1] ? b : a));
    kept.push(...group.filter((point) => point === low || point === high));
  }
  return kept;
}

/** The pieces of a curve between the places where its time jumps back. */
export function pieces(points: readonly Point[]): Point[][] {
  const all: Point[][] = [];
  let current: Point[] = [];
  let last = Number.NEGATIVE_INFINITY;
  for (const point of points) {
    if (point[0] < last) {
      all.push(current);
      current = [];
    }
    current.push(point);
    last = point[0];
  }
  if (current.length > 0) {
    all.push(current);
  }
  return all;
}

/** How often time jumps back. */
export function jumps(series: readonly Series[]): number {
  return Math.max(0, ...series.map((one) => pieces(one.points).length - 1));
}

/** Where each piece begins on the elapsed axis, the same for all curves, s. */
export function offsets(series: readonly Series[]): number[] {
  const ends: number[] = [];
  for (const one of series) {
    pieces(one.points).forEach((piece, index) => {
      const end = piece.at(-1)?.[0] ?? 0;
      ends[index] = Math.max(ends[index] ?? 0, end);
    });
  }
  let sum = 0;
  return ends.map((end) => {
    const begin = sum;
    sum += end;
    return begin;
  });
}

/** Curves by unit, in the order in which the units first come; inputs before outputs in each. */
export function panels(series: readonly Series[]): Panel[] {
  const byUnit = new Map<string, Series[]>();
  for (const one of series) {
    byUnit.set(one.unit, [...(byUnit.get(one.unit) ?? []), one]);
  }
  return [...byUnit].map(([unit, curves]) => ({
    unit,
    series: [...curves].sort((a, b) => (a.type === b.type ? 0 : a.type === 'input' ? -1 : 1)),
  }));
}

/** One line of the plot; a curve has several when its recorded time jumps back. */
export interface Line {
  curve: number;
  points: Point[];
}

/** The lines of a panel; all x ascend within a line. */
export function lines(panel: Panel, axis: TimeAxis, begins: readonly number[]): Line[] {
  return panel.series.flatMap((series, curve) => {
    const parts = pieces(series.points);
    if (axis === 'recorded') {
      return parts.map((points) => ({ curve, points }));
    }
    const points = parts.flatMap((piece, index) => {
      const begin = begins[index] ?? 0;
      return piece.map(([time, value]): Point => [time + begin, value]);
    });
    return [{ curve, points }];
  });
}

/** Lines as uPlot takes them: one ascending time column, one value column per line, undefined where it has none. */
export function aligned(all: readonly Line[]): [number[], ...(number | null | undefined)[][]] {
  const times = [...new Set(all.flatMap((line) => line.points.map((point) => point[0])))].sort((a, b) => a - b);
  const index = new Map(times.map((time, i) => [time, i]));
  const columns = all.map((line) => {
    const column = new Array<number | null | undefined>(times.length).fill(undefined);
    for (const [time, value] of line.points) {
      const at = index.get(time);
      if (at !== undefined) {
        column[at] = value;
      }
    }
    return column;
  });
  return [times, ...columns];
}

export interface Extent {
  least: number;
  most: number;
  last: number;
}

export function extent(series: Series): Extent | null {
  const first = series.points[0];
  if (first === undefined) {
    return null;
  }
  let least = first[1];
  let most = first[1];
  for (const [, value] of series.points) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return { least, most, last: series.points.at(-1)?.[1] ?? first[1] };
}

/** At most so many rows spread evenly, the last one always among them; for the table beside a chart. */
export function sampled<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) {
    return [...items];
  }
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => items[Math.round(i * step)] as T);
}

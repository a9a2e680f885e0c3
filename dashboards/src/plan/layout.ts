import type { Assignment } from '../api/types';

export interface Placed {
  assignment: Assignment;
  lane: number;
}

const ms = (iso: string): number => new Date(iso).getTime();

/**
 * Puts the assignments of one bench into lanes so that none covers another; the first free lane is taken. A short one
 * takes `leastMs`, because it is drawn large enough to be hit.
 */
export function lanes(assignments: readonly Assignment[], leastMs = 0): { placed: Placed[]; count: number } {
  const ends: number[] = [];
  const placed = [...assignments]
    .sort((a, b) => ms(a.setUpStart) - ms(b.setUpStart) || a.id.localeCompare(b.id))
    .map((assignment) => {
      const begin = ms(assignment.setUpStart);
      const free = ends.findIndex((end) => end <= begin);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = Math.max(ms(assignment.tearDownEnd), begin + leastMs);
      return { assignment, lane };
    });
  return { placed, count: Math.max(1, ends.length) };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY];

export interface Tick {
  at: number;
  label: string;
  /** The day, at the first tick and at midnights. */
  day?: string;
}

/** Ticks of the axis at round times in UTC, about `wanted` of them; times are milliseconds since 1970. */
export function ticks(from: number, to: number, wanted: number): Tick[] {
  const step = STEPS.find((s) => (to - from) / s <= wanted) ?? 7 * DAY;
  const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
  const all: Tick[] = [];
  for (let at = Math.ceil(from / step) * step; at < to; at += step) {
    const tick: Tick = { at, label: clock.format(at) };
    if (all.length === 0 || at % DAY === 0) {
      tick.day = day.format(at);
    }
    all.push(tick);
  }
  // The first day's name would collide with a midnight right behind it.
  if (all[0]?.day !== undefined && all[0].at % DAY !== 0 && all.slice(1, 3).some((tick) => tick.at % DAY === 0)) {
    delete all[0].day;
  }
  return all;
}

/** Where a time is, in percent of the range. */
export function percent(at: number, from: number, to: number): number {
  return (100 * (at - from)) / (to - from);
}

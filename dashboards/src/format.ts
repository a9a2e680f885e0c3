import type { BenchKind } from './api/types';

const DATE_TIME = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});
const CLOCK = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
});
const NUMBER = new Intl.NumberFormat('en-GB');

function parsed(iso: string | undefined): Date | null {
  if (iso === undefined) {
    return null;
  }
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** A time as the laboratory writes it, in UTC; a dash when there is none. */
export function dateTime(iso: string | undefined): string {
  const date = parsed(iso);
  return date === null ? '–' : DATE_TIME.format(date);
}

/** Hours, minutes and seconds in UTC. */
export function clock(iso: string | undefined): string {
  const date = parsed(iso);
  return date === null ? '–' : CLOCK.format(date);
}

export function count(value: number): string {
  return NUMBER.format(value);
}

/** Four significant digits, without needless zeros. */
export function quantity(value: number): string {
  if (!Number.isFinite(value)) {
    return '–';
  }
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e6 || size < 1e-3)) {
    return value.toExponential(3);
  }
  return String(Number(value.toPrecision(5)));
}

/** A duration in seconds, in the two largest units. */
export function duration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) {
    return `${s} s`;
  }
  if (s < 3600) {
    return `${Math.floor(s / 60)} min ${s % 60} s`;
  }
  if (s < 86_400) {
    return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
  }
  return `${Math.floor(s / 86_400)} d ${Math.floor((s % 86_400) / 3600)} h`;
}

/** Units as people write them. */
export function unitSymbol(unit: string): string {
  switch (unit) {
    case 'degC':
      return '°C';
    case 'delta_degC':
      return 'K';
    case 'Ohm':
      return 'Ω';
    case 'mOhm':
      return 'mΩ';
    case '1':
      return 'fraction';
    default:
      return unit;
  }
}

export function benchWords(kind: BenchKind): string {
  return kind === 'virtual' ? 'Virtual' : 'Physical';
}

/** `org.voltwin:bench-virtual-1` as `bench-virtual-1`. */
export function shortThing(thing: string | undefined): string {
  return thing === undefined ? '–' : thing.slice(thing.indexOf(':') + 1);
}

/** `Cell_Voltage_01` as `Cell voltage 01`. */
export function variableWords(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0) + words.slice(1).replace(/\b[A-Z][a-z]+\b/g, (word) => word.toLowerCase());
}

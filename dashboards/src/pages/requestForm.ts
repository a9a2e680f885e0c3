import type { BenchKind, NewRequest, TestNameOffer } from '../api/types';

export interface RequestFields {
  requesterName: string;
  urgent: boolean;
  uut: string;
  useCase: string;
  standard: string;
  testName: string;
  bench: BenchKind;
  /** Value of a datetime-local field, read as UTC. */
  preferred: string;
}

export type FieldErrors = Partial<Record<keyof RequestFields, string>>;

const HOUR_MS = 3_600_000;

/** The next full hour but one, as a datetime-local value in UTC. */
export function defaultPreferred(now: Date): string {
  const next = new Date(Math.ceil((now.getTime() + HOUR_MS) / HOUR_MS) * HOUR_MS);
  return next.toISOString().slice(0, 16);
}

/** The instant that a datetime-local value means in UTC; null when it is none. */
export function preferredInstant(value: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/.test(value)) {
    return null;
  }
  const date = new Date(`${value}Z`);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace('.000Z', 'Z');
}

/** What is missing or wrong, per field, in sentences. */
export function check(fields: RequestFields, offers: readonly TestNameOffer[], now: Date): FieldErrors {
  const errors: FieldErrors = {};
  if (fields.requesterName.trim() === '') {
    errors.requesterName = 'Say who requests the test.';
  } else if (fields.requesterName.trim().length > 128) {
    errors.requesterName = 'Use at most 128 characters.';
  }
  if (fields.uut === '') {
    errors.uut = 'Choose the unit under test.';
  }
  if (fields.useCase === '') {
    errors.useCase = 'Choose the use case.';
  }
  if (fields.standard === '') {
    errors.standard = 'Choose the standard.';
  }
  const offer = offers.find((one) => one.name === fields.testName);
  if (offer === undefined) {
    errors.testName = 'Choose the test.';
  } else if (!offer[fields.bench]) {
    errors.testName = offer.reason ?? `This test cannot run on a ${fields.bench} bench.`;
  }
  const instant = preferredInstant(fields.preferred);
  if (instant === null) {
    errors.preferred = 'Give a date and a time.';
  } else if (new Date(instant).getTime() < now.getTime()) {
    errors.preferred = 'Choose a time that is not in the past.';
  }
  return errors;
}

/** The body of the request; only for fields without errors. */
export function bodyOf(fields: RequestFields): NewRequest {
  const instant = preferredInstant(fields.preferred);
  if (instant === null) {
    throw new Error('the preferred date was not checked');
  }
  return {
    uut: fields.uut,
    useCase: fields.useCase,
    standard: fields.standard,
    testName: fields.testName,
    preferredDate: instant,
    bench: fields.bench,
    requesterName: fields.requesterName.trim(),
    ...(fields.urgent ? { urgent: true } : {}),
  };
}

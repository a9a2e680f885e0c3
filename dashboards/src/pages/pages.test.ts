import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { describe, expect, it } from 'vitest';
import { readProblem } from '../api/client';
import type { LimsRequest, TestRow } from '../api/types';
import { safeReturn } from '../auth/session';
import { stageLooks } from '../components/StageTimeline';
import { duration, quantity, variableWords } from '../format';
import { lanes, ticks } from '../plan/layout';
import { bodyOf, check, defaultPreferred, preferredInstant, type RequestFields } from './requestForm';
import { accepts, merged } from './requestRows';

const NOW = new Date('2026-11-21T10:20:00Z');
const FIELDS: RequestFields = {
  requesterName: ' Ada Laurent ',
  urgent: false,
  uut: 'GEN3B-CELL-01',
  useCase: 'Off-road',
  standard: 'IEC62660',
  testName: 'Capacity',
  bench: 'virtual',
  preferred: '2026-11-23T10:00',
};
const OFFERS = [
  { name: 'Capacity', virtual: true, physical: true },
  { name: 'Crush', virtual: false, physical: true, reason: 'It needs a physical bench.' },
];

describe('New Request', () => {
  it('names what is missing or wrong', () => {
    expect(check(FIELDS, OFFERS, NOW)).toEqual({});
    expect(Object.keys(check({ ...FIELDS, uut: '', useCase: '', standard: '', testName: '', requesterName: '' }, [], NOW)).sort()).toEqual(
      ['requesterName', 'standard', 'testName', 'useCase', 'uut'],
    );
    expect(check({ ...FIELDS, testName: 'Crush' }, OFFERS, NOW).testName).toBe('It needs a physical bench.');
    expect(check({ ...FIELDS, preferred: '2026-11-21T10:19' }, OFFERS, NOW).preferred).toContain('past');
    expect(check({ ...FIELDS, preferred: '' }, OFFERS, NOW).preferred).toBeDefined();
  });

  it('reads the date as UTC', () => {
    expect(preferredInstant('2026-11-23T10:00')).toBe('2026-11-23T10:00:00Z');
    expect(preferredInstant('yesterday')).toBeNull();
    expect(defaultPreferred(NOW)).toBe('2026-11-21T12:00');
  });

  const schemas = resolve('../thing-models/src/main/resources/schemas') + '/';
  it('sends what the JSON Schema of thing-models asks for', async () => {
    const read = (name: string): object => JSON.parse(readFileSync(`${schemas}${name}.schema.json`, 'utf8')) as object;
    const ajv = new Ajv2020({ strict: false, schemas: [read('common'), read('new-request'), read('problem')] });
    expect(ajv.validate('urn:voltwin:schema:new-request', bodyOf(FIELDS)), ajv.errorsText()).toBe(true);
    const problem = await readProblem(Response.json({ detail: 'It is so.' }, { status: 400 }));
    expect(problem).toMatchObject({ status: 400, detail: 'It is so.', retryHelps: false });
    // Also a problem made here, for answers that are none, is one.
    expect(ajv.validate('urn:voltwin:schema:problem', await readProblem(new Response('oops', { status: 502, statusText: 'Bad Gateway' }))), ajv.errorsText()).toBe(true);
  });
});

const row = (id: string, stage: TestRow['stage'], extra: Partial<TestRow> = {}): TestRow => ({
  id, uuid: `u-${id}`, name: 'Capacity', type: 'Cell-level', uut: 'GEN3B-CELL-01', uutLabel: 'Generation 3b cell', uutThing: 'x:y',
  bench: 'virtual', preferredDate: '2026-11-23T10:00:00Z', status: 'started', stage, progress: 0, standard: 'IEC62660', useCase: 'Automotive', requester: 'Ada', ...extra,
});

describe('Test Requests', () => {
  it('shows requests that the twin has not taken yet, newest first', () => {
    const request = { uuid: 'u-TR-2026-000010', id: 'TR-2026-000010', uut: 'GEN4-PACK-01', testName: 'Cycle life', bench: 'physical', status: 'submitted', stage: 'requested', progress: 0, requester: 'Ada', useCase: 'Automotive', standard: 'ISO12405.4', preferredDate: '', createdAt: '' } as LimsRequest;
    const known = row('TR-2026-000009', 'running');
    const rows = merged(new Map([[known.uuid, known]]), [request, { ...request, id: known.id, uuid: known.uuid }]);
    expect(rows.map((one) => [one.id, one.stage, one.type])).toEqual([
      ['TR-2026-000010', 'requested', 'Pack-level'],
      ['TR-2026-000009', 'running', 'Cell-level'],
    ]);
  });

  it('filters', () => {
    const none = { text: '', status: '', level: '', bench: '' } as const;
    expect(accepts({ ...none, status: 'submitted' }, row('a', 'designed'))).toBe(true);
    expect(accepts({ ...none, status: 'running' }, row('a', 'designed'))).toBe(false);
    expect(accepts({ ...none, text: ' capac ' }, row('a', 'designed'))).toBe(true);
    expect(accepts({ ...none, level: 'pack' }, row('a', 'designed'))).toBe(false);
    expect(accepts({ ...none, bench: 'physical' }, row('a', 'designed'))).toBe(false);
  });

  it('shows where a life cycle ended', () => {
    const looks = stageLooks('failed', { requested: 'x', modelled: 'x' });
    expect(looks.map((one) => one.look)).toEqual(['done', 'done', 'failed', 'pending', 'pending', 'pending', 'pending', 'pending']);
    expect(stageLooks('running', {}).filter((one) => one.look === 'now')).toEqual([{ name: 'running', look: 'now' }]);
  });
});

describe('Bench plan', () => {
  const job = (id: string, from: string, to: string) => ({ run: id, id, name: '', uut: '', bench: 'b', channel: 1, setUpStart: from, start: from, end: to, tearDownEnd: to, stage: 'scheduled' as const, why: '' });

  it('puts overlapping tests into lanes and reuses free ones', () => {
    const { placed, count } = lanes([
      job('c', '2026-11-21T12:00:00Z', '2026-11-21T13:00:00Z'),
      job('a', '2026-11-21T10:00:00Z', '2026-11-21T12:00:00Z'),
      job('b', '2026-11-21T11:00:00Z', '2026-11-21T14:00:00Z'),
    ]);
    expect(placed.map((one) => [one.assignment.id, one.lane])).toEqual([['a', 0], ['b', 1], ['c', 0]]);
    expect(count).toBe(2);
  });

  it('gives short tests the room they are drawn with', () => {
    const soonAfter = [
      job('a', '2026-11-21T10:00:00Z', '2026-11-21T10:00:30Z'),
      job('b', '2026-11-21T10:01:00Z', '2026-11-21T10:01:30Z'),
    ];
    expect(lanes(soonAfter).count).toBe(1);
    expect(lanes(soonAfter, 60 * 60_000).placed.map((one) => one.lane)).toEqual([0, 1]);
  });

  it('has ticks at round times', () => {
    const from = Date.parse('2026-11-21T10:20:00Z');
    const all = ticks(from, from + 24 * 3_600_000, 12);
    expect(all[0]?.label).toBe('12:00');
    expect(all.length).toBeLessThanOrEqual(12);
  });
});

describe('words', () => {
  it('are short', () => {
    expect(duration(59.6)).toBe('1 min 0 s');
    expect(duration(7260)).toBe('2 h 1 min');
    expect(quantity(3.700000047)).toBe('3.7');
    expect(quantity(1e-7)).toBe('1.000e-7');
    expect(variableWords('Cell_Average_Temperature_01')).toBe('Cell average temperature 01');
    expect(variableWords('SoC')).toBe('SoC');
  });
});

describe('the return after sign-in', () => {
  it('never leaves this application', () => {
    expect(safeReturn({ returnTo: '/tests/1?x=2' })).toBe('/tests/1?x=2');
    for (const bad of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:alert(1)', '/signed-in?code=1']) {
      expect(safeReturn({ returnTo: bad })).toBe('/');
    }
    expect(safeReturn(undefined)).toBe('/');
  });
});

// The scripted laboratory behind the fake server: tests that go through their stages, and streams that grow.
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';

const STAGES = ['requested', 'modelled', 'delivered', 'validated', 'designed', 'scheduled', 'running', 'completed'];
const STATUS = { running: 'in progress', completed: 'completed', failed: 'failed', cancelled: 'cancelled' };
const LIMS_STATUS = { running: 'running', completed: 'completed', failed: 'failed', cancelled: 'cancelled' };
const LEVELS = ['cell', 'module', 'pack'];
const HOUR = 3_600_000;
const BENCHES = [
  { id: 'org.voltwin:bench-virtual-1', name: 'virtual-1', kind: 'virtual', channels: 2, inService: true },
  { id: 'org.voltwin:bench-virtual-2', name: 'virtual-2', kind: 'virtual', channels: 2, inService: true },
  { id: 'org.voltwin:bench-cycler-1', name: 'cycler-1', kind: 'physical', channels: 8, inService: true },
  { id: 'org.voltwin:bench-cycler-2', name: 'cycler-2', kind: 'physical', channels: 4, inService: false },
];
const COLUMNS = [
  { name: 'Current_Profile', unit: 'A', type: 'input' },
  { name: 'Ambient_Temperature', unit: 'degC', type: 'input' },
  { name: 'Cell_Voltage_01', unit: 'V', type: 'output' },
  { name: 'Cell_Temperature_01', unit: 'degC', type: 'output' },
  { name: 'SoC', unit: '1', type: 'output' },
];
const FACTORS = [
  { name: 'Initial_SoC', unit: '1', low: 0.2, high: 1, levels: 3 },
  { name: 'Ambient_Temperature', unit: 'degC', low: 10, high: 40, levels: 3 },
];
const PROCEDURE = {
  name: 'Capacity',
  nominalCapacityAmpereHours: 5,
  limits: { minVoltageVolts: 2.5, maxVoltageVolts: 4.2, maxTemperatureCelsius: 60, maxCurrentAmperes: 10 },
  steps: [
    { mode: 'current', cRate: 0.5, maxTimeSeconds: 9000, untilVoltageVolts: 4.2 },
    { mode: 'voltage', voltageVolts: 4.2, maxTimeSeconds: 3600, untilCurrentAmperes: 0.25 },
    { mode: 'rest', maxTimeSeconds: 600 },
    { mode: 'current', cRate: -1, maxTimeSeconds: 4200, untilVoltageVolts: 2.5 },
  ],
  sampleIntervalSeconds: 10,
};

/** One row of a made-up 1 C cycle: discharge for an hour, charge for an hour. */
function sample(second, ambient) {
  const phase = (second % 7200) / 3600;
  const discharging = phase < 1;
  const soc = discharging ? 1 - phase * 0.9 : 0.1 + (phase - 1) * 0.9;
  const current = discharging ? -5 : 5;
  const voltage = 3.3 + 0.75 * soc + 0.12 * Math.sin(soc * 6) + current * 0.02;
  return [second, current, ambient, voltage, ambient + 4 * (1 - Math.abs(0.5 - (phase % 1)) * 2), soc];
}

export class World {
  constructor(speed) {
    this.speed = speed;
    this.events = new EventEmitter();
    this.events.setMaxListeners(0);
    this.tests = [];
    this.streams = [];
    this.number = 0;
    this.past();
    this.replay();
  }

  on(name, listener) {
    this.events.on(name, listener);
    return () => this.events.off(name, listener);
  }

  past() {
    const seeds = [
      ['GEN3B-CELL-01', 'Automotive', 'IEC62660', 'Capacity', 'virtual', 'completed'],
      ['GEN4-CELL-01', 'Stationary', 'IEC62619', 'Overcharge', 'physical', 'failed'],
      ['GEN3B-MODULE-01', 'Stationary', 'UL1973', 'Imbalanced charging', 'physical', 'completed'],
      ['GEN3B-PACK-01', 'Automotive', 'ISO12405.4', 'Cycle life', 'virtual', 'cancelled'],
      ['GEN4-CELL-02', 'Off-road', 'IEC62619', 'External short circuit', 'physical', 'scheduled'],
    ];
    seeds.forEach(([uut, useCase, standard, testName, bench, end], index) => {
      const filed = Date.now() - (seeds.length - index) * 2 * HOUR;
      const test = this.make({ uut, useCase, standard, testName, bench, preferredDate: new Date(filed + HOUR).toISOString(), requesterName: 'Ada Laurent' }, filed);
      const last = end === 'completed' ? 7 : end === 'failed' ? 6 : end === 'cancelled' ? 4 : 5;
      for (let i = 1; i <= last; i++) this.enter(test, STAGES[i], filed + i * 40_000);
      if (end === 'failed') {
        this.enter(test, 'failed', filed + 400_000);
        test.failure = { code: 'bench.safety_limit', cause: 'The cell reached 62.1 degC, above its limit of 60 degC.', remedy: 'Lower the current or the ambient temperature and request the test again.', retryHelps: false, stage: 'running' };
      } else if (end === 'cancelled') {
        this.enter(test, 'cancelled', filed + 400_000);
      }
      if (end === 'completed') for (let s = 0; s < 720; s++) test.stream.rows.push(sample(s * 10, 25));
    });
  }

  /** A measurement whose clock restarts, with values kept aside. */
  replay() {
    const stream = { thing: 'org.voltwin:cell-SLPBA-01', name: 'SINTEF_SLPBA_rate', source: 'replay', rows: [], total: 1500, live: false, keptAside: { values: 37, reasons: { 'temperature above 200 degC': 37 } }, since: Date.now() };
    for (let s = 0; s < 900; s++) stream.rows.push(sample(s * 10, 22));
    for (let s = 0; s < 600; s++) stream.rows.push(sample(s * 10 + 3600, 22).with(0, s * 10));
    this.streams.push(stream);
  }

  make(wanted, at) {
    this.number += 1;
    const uuid = randomUUID();
    const level = LEVELS.find((name) => wanted.uut.toLowerCase().includes(name)) ?? 'cell';
    const thing = `org.voltwin:${level}-${wanted.uut}`;
    const stream = { thing, name: uuid, run: uuid, source: wanted.bench, rows: [], total: null, live: true, keptAside: { values: 0, reasons: {} }, since: at };
    const test = { ...wanted, uuid, id: `TR-2026-${String(this.number).padStart(6, '0')}`, level, thing, stage: 'requested', progress: 0, transitions: {}, stream, createdAt: new Date(at).toISOString() };
    test.transitions.requested = test.createdAt;
    this.tests.push(test);
    this.streams.push(stream);
    return test;
  }

  enter(test, stage, at = Date.now()) {
    test.stage = stage;
    test.transitions[stage] = new Date(at).toISOString();
    test.message = '';
    if (stage === 'scheduled') {
      const bench = BENCHES.find((b) => b.kind === test.bench);
      const start = Math.max(at, new Date(test.preferredDate).getTime());
      test.booking = {
        bench: bench.id, kind: bench.kind,
        setUpStart: new Date(start - HOUR / 4).toISOString(), start: new Date(start).toISOString(),
        end: new Date(start + 2.5 * HOUR).toISOString(), tearDownEnd: new Date(start + 2.75 * HOUR).toISOString(),
        why: `${bench.name} is free at the preferred time and fits a ${test.level} of 5 Ah; it starts then because nothing else needs its channel.`,
      };
    }
    if (stage === 'completed' || stage === 'failed' || stage === 'cancelled') {
      test.stream.live = false;
      test.stream.total = stage === 'completed' ? test.stream.rows.length || 720 : null;
      if (stage === 'completed') test.progress = 1;
    }
    this.events.emit('test', test);
  }

  file(wanted) {
    const test = this.make(wanted, Date.now());
    this.events.emit('test', test);
    const wait = (ms) => new Promise((done) => setTimeout(done, ms / this.speed));
    const run = async () => {
      for (const stage of STAGES.slice(1, 7)) {
        await wait(900);
        if (test.stage === 'cancelled') return;
        this.enter(test, stage);
      }
      const steps = 40;
      for (let i = 1; i <= steps && test.stage === 'running'; i++) {
        for (let s = 0; s < 18; s++) test.stream.rows.push(sample(test.stream.rows.length * 10, 25));
        test.progress = i / steps;
        test.message = `Scenario ${Math.ceil((9 * i) / steps)} of 9`;
        this.events.emit('rows', test.stream);
        this.events.emit('test', test);
        await wait(250);
      }
      if (test.stage === 'running') this.enter(test, 'completed');
      this.events.emit('rows', test.stream);
    };
    void run();
    return test;
  }

  cancel(uuid) {
    const test = this.find(uuid);
    if (test && STAGES.indexOf(test.stage) < 7) this.enter(test, 'cancelled');
  }

  find(id) {
    return this.tests.find((t) => t.uuid === id || t.id === id);
  }

  row(t) {
    return {
      id: t.id, uuid: t.uuid, name: t.testName, type: `${t.level[0].toUpperCase()}${t.level.slice(1)}-level`, uut: t.uut, uutLabel: `Generation ${t.uut.startsWith('GEN4') ? '4' : '3b'} ${t.level}`, uutThing: t.thing,
      bench: t.bench, ...(t.booking ? { benchId: t.booking.bench, scheduledDate: t.booking.start } : {}), preferredDate: t.preferredDate,
      status: STATUS[t.stage] ?? 'started', stage: t.stage, progress: t.progress, standard: t.standard, useCase: t.useCase, requester: t.requesterName ?? 'dev', ...(t.message ? { message: t.message } : {}),
    };
  }

  details(t) {
    const reached = (stage) => t.transitions[stage] !== undefined;
    return {
      ...this.row(t), transitions: t.transitions, ...(t.failure ? { failure: t.failure } : {}), ...(t.booking ? { booking: t.booking } : {}),
      ...(reached('modelled') ? { models: { name: 'battery-2rc', version: '1.0.0', files: [{ name: 'Battery.fmu', path: 'performance-ageing/cell/gen3b/physics-based/Capacity_1.0.0.fmu', sha256: 'b1946ac92492d2347c6235b4d2611184b1946ac92492d2347c6235b4d2611184', sizeBytes: 48_213 }] } } : {}),
      ...(reached('validated') ? { folder: { path: `fastest_simulation_20261121_${t.uuid}`, fmusPath: '', doeInputPath: '', movedFiles: [], fmuCount: 2 } } : {}),
      ...(reached('designed') ? { design: { kind: 'full-factorial', factors: FACTORS, fullFactorialRuns: 9, why: 'Nine runs are few enough to try every combination.', scenarios: Array.from({ length: 9 }, (_, i) => ({ number: i + 1, parameters: { Initial_SoC: [0.2, 0.6, 1][i % 3], Ambient_Temperature: [10, 25, 40][Math.floor(i / 3)] } })) } } : {}),
      variables: t.stream.rows.length > 0 ? COLUMNS : [], procedure: PROCEDURE,
      ...(t.stage === 'completed' ? { result: { stream: t.uuid, rows: t.stream.rows.length, variables: [], summary: { capacityAmpereHours: 4.87, maxTemperatureCelsius: 29.1, minVoltageVolts: 3.21 } } } : {}),
    };
  }

  requests() {
    return this.tests.map((t) => ({ uuid: t.uuid, id: t.id, uut: t.uut, useCase: t.useCase, standard: t.standard, testName: t.testName, bench: t.bench, preferredDate: t.preferredDate, status: LIMS_STATUS[t.stage] ?? 'submitted', progress: t.progress, stage: t.stage, requester: t.requesterName ?? 'dev', createdAt: t.createdAt })).reverse();
  }

  analytics() {
    const count = (of) => this.tests.filter(of).length;
    return {
      total: this.tests.length,
      byLevel: Object.fromEntries(LEVELS.map((level) => [level, count((t) => t.level === level)])),
      byStatus: Object.fromEntries(['started', 'in progress', 'completed', 'failed', 'cancelled'].map((s) => [s, count((t) => (STATUS[t.stage] ?? 'started') === s)])),
      byStage: Object.fromEntries([...STAGES, 'failed', 'cancelled'].map((s) => [s, count((t) => t.stage === s)])),
    };
  }

  results(stream, from, to, points, names) {
    const rows = stream.rows.slice(from, to + 1);
    const step = Math.max(1, Math.ceil(rows.length / points));
    return {
      uuid: stream.run ?? null, stream: stream.name, thing: stream.thing, source: stream.source, timeUnit: 's', rows: stream.rows.length,
      ...(stream.total === null ? {} : { totalRows: stream.total }), live: stream.live, keptAside: stream.keptAside,
      series: stream.rows.length === 0 ? [] : COLUMNS.map((c, i) => ({ ...c, points: rows.filter((_, k) => k % step === 0).map((row) => [row[0], row[i + 1]]) })).filter((c) => names === null || names.includes(c.name)),
    };
  }

  measurements() {
    return this.streams.filter((s) => s.rows.length > 0).map((s) => ({ stream: s.name, thing: s.thing, ...(s.run ? { run: s.run } : {}), source: s.source, rows: s.rows.length, ...(s.total === null ? {} : { totalRows: s.total }), keptAside: s.keptAside.values, firstAt: new Date(s.since).toISOString(), updatedAt: new Date().toISOString(), live: s.live }));
  }

  schedule() {
    return {
      benches: BENCHES,
      assignments: this.tests.filter((t) => t.booking).map((t) => ({ run: t.uuid, id: t.id, name: t.testName, uut: t.uut, bench: t.booking.bench, channel: 1, setUpStart: t.booking.setUpStart, start: t.booking.start, end: t.booking.end, tearDownEnd: t.booking.tearDownEnd, stage: t.stage, why: t.booking.why, setUpBy: 'Ada', tearDownBy: 'Ben', soaks: t.booking.soaks ?? [] })),
      plan: { plannedAt: new Date(Date.now() - HOUR / 2).toISOString(), occasion: 'cycler-2 is out of service', makespanSeconds: 171000, lowerBoundSeconds: 108600, gap: 0.365, moved: 2, planned: 5, planFrom: 'late acceptance', boundFrom: 'staff hours' },
    };
  }

  health() {
    const up = ['ditto', 'edge', 'kafka', 'keycloak', 'lims-adapter', 'stores', 'twin-services', 'bench-cycler-1'].map((name, i) => ({ name, status: 'up', since: new Date(Date.now() - (i + 1) * HOUR).toISOString() }));
    return { components: [...up, { name: 'bench-cycler-2', status: 'down', since: new Date(Date.now() - HOUR).toISOString(), detail: 'out of service' }] };
  }

  catalogue() {
    const units = ['GEN3B', 'GEN4'].flatMap((g) => LEVELS.flatMap((level) => ['01', '02'].map((n) => ({ code: `${g}-${level.toUpperCase()}-${n}`, label: `Generation ${g === 'GEN4' ? '4' : '3b'} ${level}`, level, generation: g === 'GEN4' ? 'solid-state' : 'gen3b' }))));
    return {
      uuts: units, useCases: ['Automotive', 'Stationary', 'Off-road'],
      standards: [['IEC62660', 'Secondary lithium-ion cells for electric road vehicles'], ['IEC62619', 'Safety requirements for industrial lithium cells'], ['UL1973', 'Batteries for stationary applications'], ['ISO12405.4', 'Lithium-ion traction battery packs: performance']].map(([code, name]) => ({ code, name })),
      note: 'Which test goes with which standard, use case and unit is data that a laboratory edits; names come from general knowledge of the standards.',
    };
  }

  testNames(uut, useCase, standard) {
    const physical = (name) => ({ name, virtual: false, physical: true, reason: 'It has no electrical procedure: it needs a physical bench.' });
    const both = (name) => ({ name, virtual: true, physical: true });
    if (standard === 'IEC62660' && useCase === 'Automotive' && uut.includes('CELL')) return { testNames: ['Capacity', 'Cycle life', 'Energy', 'Power'].map(both).concat(['Crush', 'Vibration'].map(physical)) };
    if (standard === 'IEC62619' && uut.includes('CELL')) return { testNames: ['Overcharge', 'Forced discharge'].map(both).concat([physical('Drop')]) };
    if (standard === 'ISO12405.4' && uut.includes('PACK')) return { testNames: ['Cycle life', 'Energy efficiency'].map(both) };
    return { testNames: [] };
  }
}

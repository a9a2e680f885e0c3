/** Shapes of the HTTP interface; docs/contracts.md at the top of the repository is their source. */

export const STAGES = [
  'requested',
  'modelled',
  'delivered',
  'validated',
  'designed',
  'scheduled',
  'running',
  'completed',
] as const;

export type OpenStage = (typeof STAGES)[number];
export type Stage = OpenStage | 'failed' | 'cancelled';
export type BenchKind = 'virtual' | 'physical';
export type Level = 'cell' | 'module' | 'pack';
export type Direction = 'input' | 'output';
/** Status of D5.3: what the analysis API answers. */
export type TestStatus = 'started' | 'in progress' | 'completed' | 'failed' | 'cancelled';

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  /** The cause, a sentence. */
  detail: string;
  remedy: string;
  retryHelps: boolean;
}

export interface Failure {
  code: string;
  cause: string;
  remedy: string;
  retryHelps: boolean;
  /** The stage in which the run was when it failed. */
  stage?: Stage;
}

export interface TestRow {
  id: string;
  uuid: string;
  name: string;
  /** Cell-level, Module-level, Pack-level */
  type: string;
  uut: string;
  uutLabel: string;
  uutThing: string;
  bench: BenchKind;
  benchId?: string;
  scheduledDate?: string;
  preferredDate: string;
  status: TestStatus;
  stage: Stage;
  /** 0 to 1 */
  progress: number;
  standard: string;
  useCase: string | null;
  requester: string;
  message?: string;
}

export interface Page<T> {
  items: T[];
  total: number;
  page: number;
  size: number;
}

export interface Variable {
  name: string;
  type: Direction;
  unit: string;
}

export interface Factor {
  name: string;
  unit: string;
  low: number;
  high: number;
  levels: number;
}

export interface Scenario {
  number: number;
  parameters: Record<string, number>;
}

export interface ExperimentDesign {
  kind: string;
  factors: Factor[];
  scenarios: Scenario[];
  fullFactorialRuns: number;
  why: string;
}

export interface Booking {
  bench: string;
  kind: BenchKind;
  setUpStart: string;
  start: string;
  end: string;
  tearDownEnd: string;
  why: string;
  outputPath?: string;
  setUpBy?: string | null;
  tearDownBy?: string | null;
  soaks?: PlannedSoak[];
}

export interface ModelFile {
  name: string;
  path: string;
  sha256: string;
  sizeBytes: number;
}

export interface ModelSelection {
  name: string;
  version: string;
  files: ModelFile[];
}

export interface SimulationFolder {
  path: string;
  fmusPath: string;
  doeInputPath: string;
  movedFiles: string[];
  fmuCount: number;
}

export interface RunResult {
  stream: string;
  rows: number;
  variables: { name: string; unit: string; direction: string }[];
  summary: Record<string, number>;
}

export interface ProcedureStep {
  mode: 'current' | 'voltage' | 'rest' | 'power' | 'resistance' | 'loop';
  cRate?: number | null;
  currentAmperes?: number | null;
  voltageVolts?: number | null;
  maxTimeSeconds: number;
  untilVoltageVolts?: number | null;
  untilCurrentAmperes?: number | null;
  untilSocFraction?: number | null;
  powerWatts?: number | null;
  resistanceOhms?: number | null;
  untilWarmerCelsius?: number | null;
  untilChargeAmpereHours?: number | null;
  untilEnergyWattHours?: number | null;
  ambientCelsius?: number | null;
  ambientRampKelvinPerMinute?: number | null;
  loopTo?: number | null;
  loopPasses?: number | null;
}

export interface TestProcedure {
  name: string;
  nominalCapacityAmpereHours: number;
  limits: {
    minVoltageVolts: number;
    maxVoltageVolts: number;
    maxTemperatureCelsius: number;
    maxCurrentAmperes: number;
  };
  steps: ProcedureStep[];
  sampleIntervalSeconds: number;
}

export interface TestDetails extends TestRow {
  transitions: Partial<Record<Stage, string>>;
  failure?: Failure;
  booking?: Booking;
  design?: ExperimentDesign;
  models?: ModelSelection;
  folder?: SimulationFolder | string;
  variables: Variable[];
  result?: RunResult;
  procedure?: TestProcedure;
}

export interface Analytics {
  total: number;
  byLevel: Record<Level, number>;
  byStatus: Record<TestStatus, number>;
  byStage: Partial<Record<Stage, number>>;
}

/** Time in seconds and the value in the series' unit. */
export type Point = readonly [number, number];

export interface Series {
  name: string;
  unit: string;
  type: Direction;
  points: Point[];
}

export interface Results {
  uuid: string | null;
  stream: string;
  thing: string;
  source: string;
  timeUnit: 's';
  rows: number;
  totalRows?: number;
  live: boolean;
  keptAside: { values: number; reasons: Record<string, number> };
  series: Series[];
}

export interface Measurement {
  stream: string;
  thing: string;
  run?: string;
  source: string;
  rows: number;
  totalRows?: number;
  keptAside: number;
  firstAt: string;
  updatedAt: string;
  live: boolean;
}

export interface NewRequest {
  uut: string;
  useCase: string;
  standard: string;
  testName: string;
  preferredDate: string;
  bench: BenchKind;
  requesterName?: string;
  /** Tests that are planned may move for it. */
  urgent?: boolean;
}

export interface Filed {
  uuid: string;
  id: string;
}

/** A row of the LIMS, which knows a request before the twin does. */
export interface LimsRequest {
  uuid: string;
  id: string;
  uut: string;
  useCase: string;
  standard: string;
  testName: string;
  bench: BenchKind;
  preferredDate: string;
  status: 'submitted' | 'running' | 'completed' | 'failed' | 'cancelled';
  progress: number;
  stage: Stage;
  requester: string;
  createdAt: string;
  message?: string;
  failure?: Failure;
}

export interface Catalogue {
  uuts: { code: string; label: string; level: Level; generation: string }[];
  useCases: string[];
  standards: { code: string; name: string }[];
  note: string;
}

export interface TestNameOffer {
  name: string;
  virtual: boolean;
  physical: boolean;
  reason?: string;
}

export interface BenchRow {
  id: string;
  name: string;
  kind: BenchKind;
  channels: number;
  inService: boolean;
}

export interface Assignment {
  run: string;
  id: string;
  name: string;
  uut: string;
  bench: string;
  channel: number;
  setUpStart: string;
  start: string;
  end: string;
  tearDownEnd: string;
  stage: Stage;
  why: string;
  setUpBy?: string | null;
  tearDownBy?: string | null;
  soaks?: PlannedSoak[];
}

export interface PlannedSoak {
  /** Of the design, from 1; 0 when nothing is hard to change. */
  wholePlot: number;
  celsius: number;
  firstRun: number;
  lastRun: number;
  start: string;
  end: string;
}

/** Of a completed test that varies something. */
export interface ExperimentAnalysis {
  responses: string[];
  analysis: {
    response: string;
    runs: number;
    notes: string[];
    summary: { standardDeviation?: number; errorDegreesOfFreedom: number; rSquared?: number };
    coefficients: { name: string; value: number; effect?: number; low?: number; high?: number; probability?: number }[];
    next: { what: string; why: string }[];
  };
}

export interface PlanFigures {
  plannedAt: string;
  occasion: string;
  makespanSeconds: number;
  lowerBoundSeconds: number;
  /** 0 to 1. */
  gap: number;
  moved: number;
  planned: number;
  planFrom: string;
  boundFrom: string;
}

export interface Schedule {
  benches: BenchRow[];
  assignments: Assignment[];
  /** Of the plan that was made last. */
  plan?: PlanFigures;
}

export interface Component {
  name: string;
  status: 'up' | 'down' | 'starting';
  since: string;
  detail?: string;
  address?: string;
}

export interface Health {
  components: Component[];
}

export interface Me {
  name: string;
  roles: string[];
}

/** `issuer` is null only from the development fake server; the real one always names it. */
export interface BrowserConfig {
  issuer: string | null;
  clientId: string;
  realm: string;
}

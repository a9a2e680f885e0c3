import { Button, Progress } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { useLiveDocument } from '../api/live';
import type { ExperimentDesign, LimsRequest, ProcedureStep, TestDetails, TestProcedure } from '../api/types';
import { useGet } from '../api/useGet';
import { mayRequest, useSession } from '../auth/SessionContext';
import { CancelButton } from '../components/CancelButton';
import { LiveMark } from '../components/LiveMark';
import { PageHead } from '../components/PageHead';
import { FailureAlert, ProblemAlert } from '../components/ProblemAlert';
import { StageTimeline } from '../components/StageTimeline';
import { capital, StatusBadge } from '../components/StatusBadge';
import { benchWords, count, dateTime, duration, quantity, shortThing, unitSymbol, variableWords } from '../format';
import { Soaks } from '../plan/PlanQuality';
import { AnalysisCard } from './AnalysisCard';
import { isEnded } from './requestRows';

export function TestPage() {
  const { id = '' } = useParams();
  const { me } = useSession();
  const live = useLiveDocument<TestDetails>(`/api/tests/${encodeURIComponent(id)}`, 'test');
  const test = live.value;
  // Until the twin knows the test, the laboratory's database may say what became of the request.
  const unknown = test === null && live.state === 'reconnecting' && live.problem?.status === 404;
  const request = useGet<LimsRequest>(unknown ? `/api/requests/${encodeURIComponent(id)}` : null);

  if (test === null) {
    return (
      <>
        <PageHead title={request.value === null ? 'Test' : `${request.value.id} ${request.value.testName}`}>
          <LiveMark state={live.state} />
        </PageHead>
        {request.value !== null ? (
          request.value.failure !== undefined ? (
            <FailureAlert failure={request.value.failure} title="The request was not taken" />
          ) : (
            <p>The request is filed and on its way to the digital twin. This page goes on by itself.</p>
          )
        ) : live.problem !== undefined ? (
          <ProblemAlert problem={live.problem} />
        ) : (
          <p>Loading…</p>
        )}
      </>
    );
  }
  return (
    <>
      <PageHead
        title={`${test.id} ${test.name}`}
        hint={
          <>
            <Link className="link" to="/requests">
              Test Requests
            </Link>{' '}
            › {test.id}
          </>
        }
      >
        <LiveMark state={live.state} />
        <Button
          component={Link}
          to={`/trends?test=${test.uuid}`}
          variant="light"
          leftSection={<IconChartLine size={18} aria-hidden />}
        >
          Show trend
        </Button>
        {mayRequest(me.roles) && !isEnded(test.stage) && <CancelButton id={test.id} uuid={test.uuid} />}
      </PageHead>
      <div className="stack">
        <Card title="Life cycle">
          <StageTimeline test={test} />
          {test.stage === 'running' && (
            <Progress.Root size="lg" mt="md">
              <Progress.Section value={test.progress * 100} aria-label="Progress of the run" />
            </Progress.Root>
          )}
          {test.message !== undefined && test.message !== '' && <p style={{ marginBottom: 0 }}>{test.message}</p>}
        </Card>
        {test.failure !== undefined && (
          <FailureAlert
            failure={test.failure}
            title={`It failed${test.failure.stage === undefined ? '' : ` after stage ${test.failure.stage}`}`}
          />
        )}
        <Facts test={test} />
        <div className="two">
          <div className="stack">
            {test.booking !== undefined && (
              <Card title="Why this bench and then">
                <p style={{ marginTop: 0 }}>{test.booking.why}</p>
                <dl className="facts">
                  <Fact name="Bench">{shortThing(test.booking.bench)}</Fact>
                  <Fact name="Set-up begins">{dateTime(test.booking.setUpStart)}</Fact>
                  <Fact name="Test">
                    {dateTime(test.booking.start)} to {dateTime(test.booking.end)}
                  </Fact>
                  <Fact name="Tear-down ends">{dateTime(test.booking.tearDownEnd)}</Fact>
                </dl>
                {(test.booking.soaks ?? []).length > 0 && <Soaks soaks={test.booking.soaks ?? []} />}
                <p style={{ marginBottom: 0 }}>
                  <Link className="link" to="/plan">
                    See the bench plan
                  </Link>
                </p>
              </Card>
            )}
            {test.design !== undefined && <Design design={test.design} />}
            {test.procedure !== undefined && <Procedure procedure={test.procedure} />}
          </div>
          <div className="stack">
            {test.result !== undefined && (
              <Card title="Result">
                <dl className="facts">
                  <Fact name="Rows stored">{count(test.result.rows)}</Fact>
                  {Object.entries(test.result.summary).map(([name, value]) => (
                    <Fact key={name} name={summaryWords(name)}>
                      {quantity(value)}
                    </Fact>
                  ))}
                </dl>
              </Card>
            )}
            {test.stage === 'completed' && (test.design?.scenarios.length ?? 0) > 1 && <AnalysisCard uuid={test.uuid} />}
            <VariablesCard test={test} />
            {test.models !== undefined && (
              <Card title={`Models: ${test.models.name} ${test.models.version}`}>
                <ul style={{ margin: 0, paddingLeft: 18 }}>
                  {test.models.files.map((file) => (
                    <li key={file.path} style={{ overflowWrap: 'anywhere' }}>
                      {file.name} <span className="sub">{count(Math.ceil(file.sizeBytes / 1024))} KiB, SHA-256 {file.sha256.slice(0, 16)}…</span>
                    </li>
                  ))}
                </ul>
              </Card>
            )}
          </div>
        </div>
      </div>
    </>
  );
}

/** `capacityAmpereHours` as `Capacity ampere hours`; names carry their unit. */
function summaryWords(name: string): string {
  return capital(
    name
      .replaceAll('_', ' ')
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase(),
  );
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card">
      <h2 className="card-title">{title}</h2>
      {children}
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Facts({ test }: { test: TestDetails }) {
  const folder = typeof test.folder === 'object' ? test.folder.path : test.folder;
  return (
    <Card title="Test">
      <dl className="facts">
        <Fact name="Name">{test.name}</Fact>
        <Fact name="Type">{test.type}</Fact>
        <Fact name="Unit under test">
          {test.uut}
          <span className="sub">{test.uutLabel}</span>
        </Fact>
        <Fact name="Status">
          <StatusBadge stage={test.stage} />
        </Fact>
        <Fact name="Bench">
          {benchWords(test.bench)}
          {test.benchId !== undefined && <span className="sub">{shortThing(test.benchId)}</span>}
        </Fact>
        <Fact name="Scheduled (UTC)">{dateTime(test.scheduledDate)}</Fact>
        <Fact name="Preferred (UTC)">{dateTime(test.preferredDate)}</Fact>
        <Fact name="Standard">{test.standard}</Fact>
        <Fact name="Use case">{test.useCase ?? '–'}</Fact>
        <Fact name="Requester">{test.requester}</Fact>
        <Fact name="UUID">{test.uuid}</Fact>
        <Fact name="Twin of the unit">{test.uutThing}</Fact>
        {folder !== undefined && <Fact name="Folder">{folder}</Fact>}
      </dl>
    </Card>
  );
}

function VariablesCard({ test }: { test: TestDetails }) {
  return (
    <Card title="Variables">
      {test.variables.length === 0 ? (
        <p style={{ margin: 0 }}>Known when the first rows arrive.</p>
      ) : (
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Input or output</th>
              <th scope="col">Unit</th>
            </tr>
          </thead>
          <tbody>
            {test.variables.map((variable) => (
              <tr key={variable.name}>
                <td>{variableWords(variable.name)}</td>
                <td>{capital(variable.type)}</td>
                <td>{unitSymbol(variable.unit)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

function Design({ design }: { design: ExperimentDesign }) {
  return (
    <Card title={`Experiment design: ${design.scenarios.length} ${design.scenarios.length === 1 ? 'run' : 'runs'}`}>
      <p style={{ marginTop: 0 }}>
        {capital(design.kind.replaceAll('_', ' ').replaceAll('-', ' ').toLowerCase())}; a full factorial would need {count(design.fullFactorialRuns)}. {design.why}
      </p>
      <div className="scroll" tabIndex={0} role="region" aria-label="Design table">
        <table className="grid">
          <thead>
            <tr>
              <th scope="col">Run</th>
              {design.factors.map((factor) => (
                <th key={factor.name} scope="col" className="num">
                  {variableWords(factor.name)} [{unitSymbol(factor.unit)}]
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {design.scenarios.map((scenario) => (
              <tr key={scenario.number}>
                <th scope="row">{scenario.number}</th>
                {design.factors.map((factor) => (
                  <td key={factor.name} className="num">
                    {quantity(scenario.parameters[factor.name] ?? Number.NaN)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function stepWords(step: ProcedureStep): string {
  switch (step.mode) {
    case 'rest':
      return 'Rest';
    case 'loop':
      return `Back to step ${step.loopTo ?? 1}, ${step.loopPasses ?? 1} passes in all`;
    case 'power':
      return `${(step.powerWatts ?? 0) < 0 ? 'Discharge' : 'Charge'} with ${quantity(Math.abs(step.powerWatts ?? 0))} W`;
    case 'resistance':
      return `Load of ${quantity(step.resistanceOhms ?? Number.NaN)} Ohm`;
    case 'voltage':
      return `Hold ${quantity(step.voltageVolts ?? Number.NaN)} V`;
    case 'current': {
      const value = step.cRate ?? step.currentAmperes ?? 0;
      const size = step.cRate !== null && step.cRate !== undefined ? `${quantity(Math.abs(value))} C` : `${quantity(Math.abs(value))} A`;
      return `${value < 0 ? 'Discharge' : 'Charge'} with ${size}`;
    }
  }
}

function endWords(step: ProcedureStep): string {
  if (step.mode === 'loop') {
    return '';
  }
  const ends = [`after ${duration(step.maxTimeSeconds)}`];
  if (typeof step.untilVoltageVolts === 'number') {
    ends.unshift(`at ${quantity(step.untilVoltageVolts)} V`);
  }
  if (typeof step.untilCurrentAmperes === 'number') {
    ends.unshift(`at ${quantity(step.untilCurrentAmperes)} A`);
  }
  if (typeof step.untilSocFraction === 'number') {
    ends.unshift(`at ${quantity(step.untilSocFraction * 100)} % state of charge`);
  }
  if (typeof step.untilWarmerCelsius === 'number') {
    ends.unshift(`at ${quantity(step.untilWarmerCelsius)} °C`);
  }
  if (typeof step.untilChargeAmpereHours === 'number') {
    ends.unshift(`after ${quantity(step.untilChargeAmpereHours)} Ah`);
  }
  if (typeof step.untilEnergyWattHours === 'number') {
    ends.unshift(`after ${quantity(step.untilEnergyWattHours)} Wh`);
  }
  return ends.join(' or ');
}

function Procedure({ procedure }: { procedure: TestProcedure }) {
  const { limits } = procedure;
  return (
    <Card title={`Procedure: ${procedure.name}`}>
      <p style={{ marginTop: 0 }}>
        Nominal capacity {quantity(procedure.nominalCapacityAmpereHours)} Ah; kept between {quantity(limits.minVoltageVolts)} and{' '}
        {quantity(limits.maxVoltageVolts)} V, below {quantity(limits.maxTemperatureCelsius)} °C and {quantity(limits.maxCurrentAmperes)} A; a
        sample every {quantity(procedure.sampleIntervalSeconds)} s.
      </p>
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Does</th>
            <th scope="col">Ends</th>
          </tr>
        </thead>
        <tbody>
          {procedure.steps.map((step, index) => (
            // Steps have no identity but their place.
            <tr key={index}>
              <th scope="row">{index + 1}</th>
              <td>{stepWords(step)}</td>
              <td>{endWords(step)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

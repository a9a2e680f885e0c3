import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { withQuery } from '../api/client';
import type { ExperimentAnalysis } from '../api/types';
import { useGet } from '../api/useGet';
import { ProblemAlert } from '../components/ProblemAlert';
import { capital } from '../components/StatusBadge';
import { quantity, variableWords } from '../format';

/** `energyEfficiencyFraction` as `Energy efficiency fraction`: names carry their unit. */
function responseWords(name: string): string {
  return capital(name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase());
}

const figure = (value: number | null | undefined): string => (typeof value === 'number' ? quantity(value) : '–');

/** What the runs of a completed test say: effects, analysis of variance, best settings, what to run next. */
export function AnalysisCard({ uuid }: { uuid: string }) {
  const [response, setResponse] = useState<string | undefined>(undefined);
  const found = useGet<ExperimentAnalysis>(withQuery(`/api/tests/${uuid}/analysis`, { response }));
  if (found.problem?.status === 404) {
    return null;
  }
  const analysis = found.value?.analysis;
  return (
    <section className="card" aria-labelledby="analysis-title">
      <h2 id="analysis-title" className="card-title">
        What the runs say
      </h2>
      {found.problem !== null && <ProblemAlert problem={found.problem} title="The runs cannot be analysed" />}
      {found.value !== null && analysis !== undefined && (
        <>
          <NativeSelect
            label="Response"
            value={response ?? analysis.response}
            data={found.value.responses.map((name) => ({ value: name, label: responseWords(name) }))}
            onChange={(event) => setResponse(event.currentTarget.value)}
          />
          <p>
            {analysis.runs} runs; R² {figure(analysis.summary.rSquared)}, standard deviation of a run {figure(analysis.summary.standardDeviation)} (
            {analysis.summary.errorDegreesOfFreedom} degrees of freedom). {analysis.notes.join(' ')}
          </p>
          <div className="scroll" tabIndex={0} role="region" aria-label="Effects">
            <table className="grid">
              <thead>
                <tr>
                  <th scope="col">Term</th>
                  <th scope="col" className="num">
                    Effect over the range
                  </th>
                  <th scope="col" className="num">
                    Coefficient (coded)
                  </th>
                  <th scope="col" className="num">
                    Interval
                  </th>
                  <th scope="col" className="num">
                    p
                  </th>
                </tr>
              </thead>
              <tbody>
                {analysis.coefficients.map((row) => (
                  <tr key={row.name}>
                    <th scope="row">{variableWords(row.name)}</th>
                    <td className="num">{figure(row.effect)}</td>
                    <td className="num">{figure(row.value)}</td>
                    <td className="num">{typeof row.low === 'number' ? `${figure(row.low)} to ${figure(row.high)}` : '–'}</td>
                    <td className="num">{figure(row.probability)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <h3>What to run next</h3>
          <ul>
            {analysis.next.map((advice) => (
              <li key={advice.what}>
                {advice.what} <span className="sub">{advice.why}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

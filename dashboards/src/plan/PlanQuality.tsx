import type { PlanFigures, PlannedSoak } from '../api/types';
import { dateTime, duration, quantity } from '../format';

/** How good the plan in force is, and what it moved. */
export function PlanQuality({ figures }: { figures: PlanFigures }) {
  return (
    <dl className="facts">
      <div>
        <dt>Planned for</dt>
        <dd>
          {figures.occasion}
          <span className="sub">{dateTime(figures.plannedAt)} UTC</span>
        </dd>
      </div>
      <div>
        <dt>Moved for it</dt>
        <dd>{movedWords(figures)}</dd>
      </div>
      <div>
        <dt>All is done after</dt>
        <dd>
          {duration(figures.makespanSeconds)}
          {figures.planFrom !== '' && <span className="sub">found by {figures.planFrom}</span>}
        </dd>
      </div>
      <div>
        <dt>No plan takes less than</dt>
        <dd>
          {duration(figures.lowerBoundSeconds)}
          {figures.boundFrom !== '' && <span className="sub">because of {figures.boundFrom}</span>}
        </dd>
      </div>
      <div>
        <dt>Gap between them</dt>
        <dd>{quantity(100 * figures.gap)} %</dd>
      </div>
    </dl>
  );
}

/** `2 of 5 tests`, or that none had to. */
export function movedWords({ moved, planned }: Pick<PlanFigures, 'moved' | 'planned'>): string {
  return moved === 0 ? 'No test' : `${moved} of ${planned} ${planned === 1 ? 'test' : 'tests'}`;
}

/** The chamber's temperatures, one after the other. */
export function Soaks({ soaks }: { soaks: readonly PlannedSoak[] }) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="Chamber soaks">
      <table className="grid">
        <thead>
          <tr>
            <th scope="col">Soak</th>
            <th scope="col" className="num">
              Chamber [°C]
            </th>
            <th scope="col">Runs</th>
            <th scope="col">Start (UTC)</th>
            <th scope="col">End (UTC)</th>
          </tr>
        </thead>
        <tbody>
          {soaks.map((soak, index) => (
            <tr key={soak.firstRun}>
              <th scope="row">{soak.wholePlot > 0 ? `Whole plot ${soak.wholePlot}` : index + 1}</th>
              <td className="num">{quantity(soak.celsius)}</td>
              <td>{soak.firstRun === soak.lastRun ? soak.firstRun : `${soak.firstRun} to ${soak.lastRun}`}</td>
              <td>{dateTime(soak.start)}</td>
              <td>{dateTime(soak.end)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

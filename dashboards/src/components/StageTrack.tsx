import { STAGES, type Stage } from '../api/types';
import { capital } from './StatusBadge';

/** How far a run is, in words. */
export function stageWords(stage: Stage): string {
  const index = STAGES.indexOf(stage as (typeof STAGES)[number]);
  return index < 0 ? capital(stage) : `${capital(stage)}, ${index + 1} of ${STAGES.length}`;
}

/** A run's way through its stages in one line of a table; `reached` is the last open stage of one that ended early. */
export function StageTrack({ stage, progress, reached }: { stage: Stage; progress: number; reached?: Stage }) {
  const ended = stage === 'failed' || stage === 'cancelled';
  const at = STAGES.indexOf((ended ? (reached ?? 'requested') : stage) as (typeof STAGES)[number]);
  const percent = Math.round(progress * 100);
  return (
    <div className="track">
      <div className="track-words">
        <span>{capital(stage)}</span>
        {stage === 'running' && <span>{percent} %</span>}
      </div>
      <div className="track-segments" role="img" aria-label={`Stage: ${stageWords(stage)}`}>
        {STAGES.map((name, index) => (
          <span
            key={name}
            title={capital(name)}
            className={
              ended && reached === undefined
                ? `segment segment-${stage}`
                : index < at || stage === 'completed'
                  ? 'segment segment-done'
                  : index === at
                    ? `segment segment-${ended ? stage : 'now'}`
                    : 'segment'
            }
          />
        ))}
      </div>
    </div>
  );
}

import { IconBan, IconCheck, IconX } from '@tabler/icons-react';
import { STAGES, type Stage, type TestDetails } from '../api/types';
import { clock, duration } from '../format';
import { capital } from './StatusBadge';

type Look = 'done' | 'now' | 'pending' | 'failed' | 'cancelled';

/** The stages with their looks: an ended run shows where it ended. */
export function stageLooks(stage: Stage, transitions: TestDetails['transitions']): { name: Stage; look: Look }[] {
  const ended = stage === 'failed' || stage === 'cancelled';
  if (ended) {
    const reached = STAGES.filter((name) => transitions[name] !== undefined);
    return [
      ...reached.map((name) => ({ name, look: 'done' as const })),
      { name: stage, look: stage },
      ...STAGES.slice(reached.length, STAGES.length - 1).map((name) => ({ name, look: 'pending' as const })),
    ];
  }
  const at = STAGES.indexOf(stage);
  return STAGES.map((name, index) => ({
    name,
    look: index < at || stage === 'completed' ? 'done' : index === at ? 'now' : 'pending',
  }));
}

const LOOK_WORDS: Record<Look, string> = {
  done: 'done',
  now: 'now',
  pending: 'not yet',
  failed: 'ended here',
  cancelled: 'ended here',
};

export function StageTimeline({ test }: { test: TestDetails }) {
  const looks = stageLooks(test.stage, test.transitions);
  let before: string | undefined;
  return (
    <ol className="steps" aria-label="Life cycle" style={{ gridTemplateColumns: `repeat(${looks.length}, minmax(0, 1fr))` }}>
      {looks.map(({ name, look }) => {
        const at = test.transitions[name];
        const took =
          at !== undefined && before !== undefined ? (new Date(at).getTime() - new Date(before).getTime()) / 1000 : null;
        before = at ?? before;
        return (
          <li key={name} className={look} aria-current={look === 'now' ? 'step' : undefined}>
            <span className="knob" aria-hidden>
              {look === 'done' && <IconCheck size={14} stroke={3} />}
              {look === 'failed' && <IconX size={14} stroke={3} />}
              {look === 'cancelled' && <IconBan size={14} stroke={3} />}
            </span>
            <span className="name">{capital(name)}</span>
            <span className="hidden">, {LOOK_WORDS[look]}</span>
            <span className="at">
              {at === undefined ? (look === 'now' && test.stage === 'running' ? '' : ' ') : clock(at)}
              </span>
            {took !== null && took >= 0.5 && <span className="at">after {duration(took)}</span>}
          </li>
        );
      })}
    </ol>
  );
}

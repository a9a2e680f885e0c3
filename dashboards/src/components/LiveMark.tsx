import type { LiveState } from '../api/events';

const WORDS: Record<LiveState, string> = {
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Reconnecting',
  refused: 'Not live',
};

/** Says whether what is shown is up to date. */
export function LiveMark({ state }: { state: LiveState }) {
  return (
    <span className={`live live-${state}`} role="status">
      <span className="live-dot" aria-hidden />
      {WORDS[state]}
    </span>
  );
}

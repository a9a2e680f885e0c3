import { IconBan, IconCheck, IconClock, IconPlayerPlay, IconX } from '@tabler/icons-react';
import type { Stage } from '../api/types';

export type LabStatus = 'submitted' | 'running' | 'completed' | 'failed' | 'cancelled';

/** The LIMS's status (D6.4): submitted is everything before running. */
export function statusOf(stage: Stage): LabStatus {
  switch (stage) {
    case 'requested':
    case 'modelled':
    case 'delivered':
    case 'validated':
    case 'designed':
    case 'scheduled':
      return 'submitted';
    case 'running':
    case 'completed':
    case 'failed':
    case 'cancelled':
      return stage;
  }
}

const ICONS = { submitted: IconClock, running: IconPlayerPlay, completed: IconCheck, failed: IconX, cancelled: IconBan };

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Status by word, icon and colour, never by colour alone. */
export function StatusBadge({ stage }: { stage: Stage }) {
  const status = statusOf(stage);
  const Icon = ICONS[status];
  return (
    <span className={`status status-${status}`}>
      <Icon size={14} stroke={2.2} aria-hidden />
      {capital(status)}
    </span>
  );
}

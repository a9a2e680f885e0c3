import type { Extent, Mention, Policy, PolicyEntry, PolicyRight, Shift } from './types';

/** A permission in words; never by colour alone. */
export function extentWords(extent: Extent): string {
  switch (extent) {
    case 'ALL':
      return 'yes';
    case 'PARTIAL':
      return 'in part';
    case 'NONE':
      return 'no';
  }
}

/** Read and write of one cell of the table: `read`, `read, write`, `read in part`, `–`. */
export function rightWords(right: PolicyRight | undefined): string {
  if (right === undefined) {
    return '–';
  }
  const parts = ([['read', right.read], ['write', right.write]] as const)
    .filter(([, extent]) => extent !== 'NONE')
    .map(([name, extent]) => (extent === 'ALL' ? name : `${name} in part`));
  return parts.length === 0 ? '–' : parts.join(', ');
}

export function mentionWords(mention: Mention): string {
  const does = mention.granted ? 'grants' : 'revokes';
  return `Entry ${mention.entry} ${does} it to ${mention.subject} at ${mention.resource}`;
}

export function shiftWords(shift: Shift): string {
  const order = { NONE: 0, PARTIAL: 1, ALL: 2 };
  return order[shift.after] > order[shift.before] ? 'gains' : 'loses';
}

/** The policy with the entries that stand in a text; the declared ones stay as they are. */
export function withOwnEntries(policy: Policy, declared: readonly string[], text: string): Policy | null {
  const own = parsed(text);
  if (own === null) {
    return null;
  }
  const kept = Object.entries(policy.entries).filter(([label]) => declared.includes(label));
  return { ...policy, entries: { ...own, ...Object.fromEntries(kept) } };
}

/** The entries that are not part of the configuration, as a text to edit. */
export function ownEntries(policy: Policy, declared: readonly string[]): string {
  const own = Object.entries(policy.entries).filter(([label]) => !declared.includes(label));
  return JSON.stringify(Object.fromEntries(own), null, 2);
}

function parsed(text: string): Record<string, PolicyEntry> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, PolicyEntry>) : null;
  } catch {
    return null;
  }
}

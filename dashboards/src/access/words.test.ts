import { describe, expect, it } from 'vitest';
import { mentionWords, ownEntries, rightWords, shiftWords, withOwnEntries } from './words';
import type { Policy } from './types';

const ENTRY = { subjects: {}, resources: {} };
const POLICY: Policy = { policyId: 'a:p', entries: { viewer: ENTRY, guests: ENTRY } };

describe('Access', () => {
  it('says rights in words', () => {
    const right = { subject: 's', resource: 'thing:/' };
    expect(rightWords(undefined)).toBe('–');
    expect(rightWords({ ...right, read: 'NONE', write: 'NONE' })).toBe('–');
    expect(rightWords({ ...right, read: 'ALL', write: 'PARTIAL' })).toBe('read, write in part');
    expect(mentionWords({ entry: 'viewer', subject: 'voltwin:viewer', resource: 'thing:/', granted: true })).toBe(
      'Entry viewer grants it to voltwin:viewer at thing:/',
    );
    const shift = { subject: 's', resource: 'thing:/', permission: 'READ' };
    expect(shiftWords({ ...shift, before: 'NONE', after: 'PARTIAL' })).toBe('gains');
    expect(shiftWords({ ...shift, before: 'ALL', after: 'PARTIAL' })).toBe('loses');
  });

  it('edits the entries of others only', () => {
    expect(Object.keys(JSON.parse(ownEntries(POLICY, ['viewer'])) as object)).toEqual(['guests']);
    const changed = withOwnEntries(POLICY, ['viewer'], '{"viewer": {"subjects": {}, "resources": {"x": {}}}, "new": {}}');
    expect(changed?.entries).toEqual({ new: {}, viewer: ENTRY });
    expect(withOwnEntries(POLICY, ['viewer'], '{"guests": ')).toBeNull();
    expect(withOwnEntries(POLICY, ['viewer'], '[]')).toBeNull();
  });
});

import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import { problemOf } from '../api/client';
import type { Problem } from '../api/types';
import { useSession } from '../auth/SessionContext';
import { type Column, DataTable } from '../components/DataTable';
import { ProblemAlert } from '../components/ProblemAlert';
import { extentWords, ownEntries, shiftWords, withOwnEntries } from './words';
import type { PolicyDetail, Shift } from './types';

const SHIFTS: readonly Column<Shift>[] = [
  { head: 'Subject', className: 'keep', cell: (shift) => <strong>{shift.subject}</strong> },
  { head: 'Change', cell: shiftWords },
  { head: 'Permission', cell: (shift) => shift.permission.toLowerCase() },
  { head: 'Resource', className: 'keep', cell: (shift) => shift.resource },
  { head: 'Before', cell: (shift) => extentWords(shift.before) },
  { head: 'After', cell: (shift) => extentWords(shift.after) },
];

/** Entries of one policy as text; what a change would shift is shown before it is saved. */
export function PolicyEditor({ detail, onSaved }: { detail: PolicyDetail; onSaved: () => void }) {
  const { api } = useSession();
  const [text, setText] = useState(() => ownEntries(detail.policy, detail.declaredEntries));
  const [shifts, setShifts] = useState<Shift[] | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const wanted = withOwnEntries(detail.policy, detail.declaredEntries, text);
  const path = `/api/policies/${encodeURIComponent(detail.policyId)}`;

  const perform = async (action: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await action();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const preview = (): Promise<void> =>
    perform(async () => setShifts((await api.post<{ shifts: Shift[] }>(`${path}/preview`, { policy: wanted })).shifts));
  const save = (): Promise<void> =>
    perform(async () => {
      await api.put(path, { policy: wanted, revision: detail.revision });
      onSaved();
    });

  return (
    <section className="card" aria-labelledby="entries-title">
      <h2 id="entries-title" className="card-title">
        Entries of {detail.policyId}
      </h2>
      {detail.declaredEntries.length > 0 && (
        <p>
          Part of Voltwin’s configuration, changed there only: {detail.declaredEntries.join(', ')}.
        </p>
      )}
      <Textarea
        label="Further entries (JSON)"
        autosize
        minRows={4}
        maxRows={24}
        spellCheck={false}
        readOnly={!detail.mayChange}
        className="code"
        value={text}
        error={wanted === null ? 'This is no JSON object: check commas and brackets.' : undefined}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setShifts(null);
        }}
      />
      {detail.mayChange ? (
        <Group mt="md" gap="sm">
          <Button variant="default" disabled={wanted === null || busy} onClick={() => void preview()}>
            Show what changes
          </Button>
          <Button disabled={shifts === null || shifts.length === 0 || busy} onClick={() => void save()}>
            Save
          </Button>
        </Group>
      ) : (
        <p>This policy does not let you change it.</p>
      )}
      <div aria-live="polite" className="access-answer">
        {problem !== null && <ProblemAlert problem={problem} title="The policy stays as it is" />}
        {shifts !== null &&
          (shifts.length === 0 ? (
            <p>Nobody would gain or lose anything.</p>
          ) : (
            <DataTable
              label="Table of what would change"
              columns={SHIFTS}
              rows={shifts}
              keyOf={(shift) => `${shift.subject} ${shift.permission} ${shift.resource}`}
            />
          ))}
      </div>
    </section>
  );
}

import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { problemOf } from '../api/client';
import type { Problem } from '../api/types';
import { useGet } from '../api/useGet';
import { useSession } from '../auth/SessionContext';
import { type Column, DataTable } from '../components/DataTable';
import { ProblemAlert } from '../components/ProblemAlert';
import { dateTime } from '../format';
import type { Refusal } from './types';
import { bytes } from './words';

/** Uploads by web and by SFTP that the check refused, with the reason. */
export function RefusedUploads({ round, author }: { round: number; author: boolean }) {
  const { api } = useSession();
  const refused = useGet<{ items: Refusal[] }>('/api/models/refused');
  const [problem, setProblem] = useState<Problem | null>(null);
  const { reload } = refused;
  useEffect(() => {
    if (round > 0) {
      reload();
    }
  }, [round, reload]);

  async function forget(refusal: Refusal): Promise<void> {
    try {
      await api.delete(`/api/models/refused/${encodeURIComponent(refusal.id)}`);
      reload();
    } catch (error) {
      setProblem(problemOf(error));
    }
  }

  const columns: readonly Column<Refusal>[] = [
    { head: 'When (UTC)', cell: (refusal) => dateTime(refusal.at) },
    {
      head: 'File',
      className: 'keep',
      cell: (refusal) => (
        <>
          {refusal.path}
          <span className="sub">{bytes(refusal.sizeBytes)}</span>
        </>
      ),
    },
    { head: 'By', cell: (refusal) => `${refusal.who}, ${refusal.door}` },
    {
      head: 'Reason',
      className: 'message',
      cell: (refusal) => (
        <>
          {refusal.cause}
          <span className="sub">
            {refusal.remedy} ({refusal.code})
          </span>
        </>
      ),
    },
    {
      head: 'Action',
      cell: (refusal) =>
        author ? (
          <Button
            variant="subtle"
            color="brick"
            size="compact-sm"
            aria-label={`Throw away ${refusal.path}`}
            onClick={() => void forget(refusal)}
          >
            Throw away
          </Button>
        ) : null,
    },
  ];

  const items = refused.value?.items ?? [];
  if (items.length === 0 && refused.problem === null) {
    return null;
  }
  return (
    <section className="card" aria-labelledby="refused-title">
      <h2 id="refused-title" className="card-title">
        Refused uploads
      </h2>
      {refused.problem !== null && <ProblemAlert problem={refused.problem} />}
      {problem !== null && <ProblemAlert problem={problem} />}
      <DataTable label="Table of refused uploads" columns={columns} rows={items} keyOf={(refusal) => refusal.id} />
    </section>
  );
}

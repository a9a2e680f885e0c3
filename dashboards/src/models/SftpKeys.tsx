import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { problemOf } from '../api/client';
import type { Problem } from '../api/types';
import { useGet } from '../api/useGet';
import { useSession } from '../auth/SessionContext';
import { type Column, DataTable } from '../components/DataTable';
import { ProblemAlert } from '../components/ProblemAlert';
import { dateTime } from '../format';
import type { SftpKey } from './types';

/** The signed-in person's keys for the same exchange over SFTP. */
export function SftpKeys() {
  const { api, me } = useSession();
  const keys = useGet<{ keys: SftpKey[] }>('/api/models/keys');
  const [line, setLine] = useState('');
  const [problem, setProblem] = useState<Problem | null>(null);

  async function change(work: () => Promise<unknown>): Promise<void> {
    setProblem(null);
    try {
      await work();
      setLine('');
      keys.reload();
    } catch (error) {
      setProblem(problemOf(error));
    }
  }

  function add(event: FormEvent): void {
    event.preventDefault();
    void change(() => api.post<SftpKey>('/api/models/keys', { key: line }));
  }

  const columns: readonly Column<SftpKey>[] = [
    { head: 'Key', className: 'keep', cell: (key) => <code>{key.fingerprint}</code> },
    { head: 'Name', cell: (key) => key.line.split(' ').slice(2).join(' ') || '–' },
    { head: 'Added (UTC)', cell: (key) => dateTime(key.addedAt) },
    {
      head: 'Action',
      cell: (key) => (
        <Button
          variant="subtle"
          color="brick"
          size="compact-sm"
          aria-label={`Remove key ${key.fingerprint}`}
          onClick={() => void change(() => api.delete(`/api/models/keys/${encodeURIComponent(key.id)}`))}
        >
          Remove
        </Button>
      ),
    },
  ];

  const known = keys.value?.keys ?? [];
  return (
    <section className="card" aria-labelledby="keys-title">
      <h2 id="keys-title" className="card-title">
        The same over SFTP
      </h2>
      <p>
        Add a public key, then connect as <code>{me.name}</code> (port 2222 unless it was changed): the same folders,
        names, rights and checks as here.
      </p>
      {known.length > 0 && (
        <DataTable label="Table of your SFTP keys" columns={columns} rows={known} keyOf={(key) => key.id} />
      )}
      <form onSubmit={add}>
        <Group align="flex-end" gap="sm" mt="sm">
          <TextInput
            label="Public key"
            placeholder="ssh-ed25519 AAAA… name"
            value={line}
            onChange={(event) => setLine(event.currentTarget.value)}
            w={520}
          />
          <Button type="submit" variant="default" disabled={line.trim() === ''}>
            Add key
          </Button>
        </Group>
      </form>
      {problem !== null && <ProblemAlert problem={problem} />}
    </section>
  );
}

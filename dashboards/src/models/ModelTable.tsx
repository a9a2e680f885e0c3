import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { problemOf } from '../api/client';
import type { Problem } from '../api/types';
import { useSession } from '../auth/SessionContext';
import { type Column, DataTable } from '../components/DataTable';
import { ProblemAlert } from '../components/ProblemAlert';
import { dateTime } from '../format';
import type { ModelItem } from './types';
import { address, bytes } from './words';

/** A folder's listing. */
export function ModelTable({ items, author }: { items: readonly ModelItem[]; author: boolean }) {
  const { api } = useSession();
  const [problem, setProblem] = useState<Problem | null>(null);

  async function download(item: ModelItem): Promise<void> {
    setProblem(null);
    try {
      const response = await api.send(address(item.path), {});
      const url = URL.createObjectURL(await response.blob());
      const link = document.createElement('a');
      link.href = url;
      link.download = item.name;
      link.click();
      URL.revokeObjectURL(url);
    } catch (error) {
      setProblem(problemOf(error));
    }
  }

  async function remove(item: ModelItem): Promise<void> {
    if (!window.confirm(`Delete ${item.path} for everybody?`)) {
      return;
    }
    setProblem(null);
    try {
      await api.delete(address(item.path));
    } catch (error) {
      setProblem(problemOf(error));
    }
  }

  const columns: readonly Column<ModelItem>[] = [
    {
      head: 'Name',
      className: 'keep',
      cell: (item) =>
        item.type === 'folder' ? (
          <Link className="link" to={`/models?path=${encodeURIComponent(item.path)}`}>
            {item.name}
          </Link>
        ) : (
          item.name
        ),
    },
    {
      head: 'Model',
      cell: (item) => (
        <>
          {item.fmu?.modelName ?? '–'}
          {item.fmu?.description !== undefined && <span className="sub">{item.fmu.description}</span>}
        </>
      ),
    },
    {
      head: 'Version, FMI',
      cell: (item) =>
        item.fmu === undefined ? '–' : `${item.fmu.version ?? 'none'}, FMI ${item.fmu.fmiVersion ?? 'unknown'}`,
    },
    { head: 'Made with', cell: (item) => item.fmu?.generationTool ?? item.fmu?.author ?? '–' },
    { head: 'Size', cell: (item) => (item.sizeBytes === undefined ? '–' : bytes(item.sizeBytes)) },
    {
      head: 'SHA-256',
      cell: (item) =>
        item.sha256 === undefined ? '–' : <code title={item.sha256}>{item.sha256.slice(0, 12)}</code>,
    },
    { head: 'Changed (UTC)', cell: (item) => dateTime(item.modifiedAt) },
    {
      head: 'Action',
      cell: (item) =>
        item.type === 'folder' ? null : (
          <Group gap={4} wrap="nowrap">
            <Button
              variant="default"
              size="compact-sm"
              aria-label={`Download ${item.name}`}
              onClick={() => void download(item)}
            >
              Download
            </Button>
            {author && (
              <Button
                variant="subtle"
                color="brick"
                size="compact-sm"
                aria-label={`Delete ${item.name}`}
                onClick={() => void remove(item)}
              >
                Delete
              </Button>
            )}
          </Group>
        ),
    },
  ];

  return (
    <>
      {problem !== null && <ProblemAlert problem={problem} />}
      <DataTable label="Table of models" columns={columns} rows={items} keyOf={(item) => item.path} />
    </>
  );
}

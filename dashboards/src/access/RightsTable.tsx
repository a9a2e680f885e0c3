import { useMemo } from 'react';
import { type Column, DataTable } from '../components/DataTable';
import { rightWords } from './words';
import type { PolicyRight } from './types';

interface Row {
  subject: string;
  rights: Map<string, PolicyRight>;
}

/** A row for each subject, a column for each resource that the policy speaks of. */
export function RightsTable({ rights }: { rights: readonly PolicyRight[] }) {
  const { rows, columns } = useMemo(() => {
    const bySubject = new Map<string, Map<string, PolicyRight>>();
    for (const right of rights) {
      const of = bySubject.get(right.subject) ?? new Map<string, PolicyRight>();
      bySubject.set(right.subject, of.set(right.resource, right));
    }
    const resources = [...new Set(rights.map((right) => right.resource))];
    const head: Column<Row>[] = [{ head: 'Subject', className: 'keep', cell: (row) => <strong>{row.subject}</strong> }];
    return {
      rows: [...bySubject].map(([subject, of]): Row => ({ subject, rights: of })),
      columns: head.concat(
        resources.map((resource) => ({ head: resource, className: 'keep', cell: (row) => rightWords(row.rights.get(resource)) })),
      ),
    };
  }, [rights]);
  return <DataTable label="Table of rights" columns={columns} rows={rows} keyOf={(row) => row.subject} />;
}

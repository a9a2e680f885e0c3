import type { ReactNode } from 'react';
import { Link } from 'react-router';

export interface Column<R> {
  head: string;
  cell: (row: R) => ReactNode;
  className?: string;
}

/** A table that scrolls by itself, by pointer and by keyboard, when it is wider than its place. */
export function DataTable<R>({
  label,
  columns,
  rows,
  keyOf,
  attributesOf,
}: {
  label: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  keyOf: (row: R) => string;
  attributesOf?: (row: R) => Record<string, string | undefined>;
}) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={label}>
      <table className="grid">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.head} scope="col">
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} {...attributesOf?.(row)}>
              {columns.map((column) => (
                <td key={column.head} className={column.className}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A test by its number, with its name below; leads to its page. */
export function TestLink({ uuid, id, name }: { uuid: string; id: string; name: string }) {
  return (
    <>
      <Link className="link" to={`/tests/${uuid}`}>
        {id}
      </Link>
      <span className="sub">{name}</span>
    </>
  );
}

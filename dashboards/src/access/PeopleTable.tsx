import type { Problem } from '../api/types';
import { type Column, DataTable } from '../components/DataTable';
import { ProblemAlert } from '../components/ProblemAlert';
import type { Person } from './types';

const COLUMNS: readonly Column<Person>[] = [
  { head: 'User name', className: 'keep', cell: (person) => <strong>{person.userName}</strong> },
  { head: 'Name', cell: (person) => person.name },
  { head: 'Roles', cell: (person) => person.roles.join(', ') },
  { head: 'Groups', cell: (person) => (person.groups.length === 0 ? '–' : person.groups.join(', ')) },
  { head: 'May sign in', cell: (person) => (person.enabled ? 'yes' : 'no') },
];

/** People as Keycloak knows them. */
export function PeopleTable({ people, problem }: { people: readonly Person[]; problem: Problem | null }) {
  return (
    <section className="card" aria-labelledby="people-title">
      <h2 id="people-title" className="card-title">
        People
      </h2>
      {problem !== null && <ProblemAlert problem={problem} title="The people did not come" />}
      <DataTable label="Table of people" columns={COLUMNS} rows={people} keyOf={(person) => person.id} />
    </section>
  );
}

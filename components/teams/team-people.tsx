import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/states';
import { Table, TBody, Td, THead, Th, Tr } from '@/components/ui/table';
import { roleWords } from '@/lib/domain/people/role';
import type { TeamPersonView } from '@/lib/domain/teams/team-page';
import { PersonMenu } from './person-menu';

interface TeamPeopleProps {
  team: { readonly id: number; readonly name: string };
  people: readonly TeamPersonView[];
  canWrite: boolean;
}

export function TeamPeople({ team, people, canWrite }: TeamPeopleProps) {
  if (people.length === 0) {
    return (
      <EmptyState title="Nobody is in this team yet" className="py-8">
        Its leads will see the team’s keys and spend here and on their own pages.
      </EmptyState>
    );
  }
  return (
    <Table aria-label={`People of ${team.name}`} cards>
      <THead>
        <Tr>
          <Th>Name</Th>
          <Th>Place</Th>
          <Th>Role</Th>
          {canWrite ? (
            <Th>
              <span className="sr-only">Actions</span>
            </Th>
          ) : null}
        </Tr>
      </THead>
      <TBody>
        {people.map((person) => (
          <Tr key={person.id}>
            <Td label="Name">
              <div className="min-w-0">
                <p className="flex flex-wrap items-center gap-2 font-medium">
                  {person.name}
                  {person.isDisabled ? <Badge tone="warn">Disabled</Badge> : null}
                </p>
                <p className="break-words text-muted text-xs">{person.email}</p>
              </div>
            </Td>
            <Td label="Place">{person.isLead ? <Badge tone="accent">Lead</Badge> : 'Member'}</Td>
            <Td label="Role" className="text-muted">
              {roleWords[person.role].name}
            </Td>
            {canWrite ? (
              <Td align="right">
                <PersonMenu team={team} person={person} />
              </Td>
            ) : null}
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}

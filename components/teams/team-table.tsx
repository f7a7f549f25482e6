import Link from 'next/link';
import { Meter } from '@/components/ui/meter';
import { Money } from '@/components/ui/money';
import { Table, TBody, Td, THead, Th, Tr } from '@/components/ui/table';
import { ratioUsd } from '@/lib/domain/money/usd';
import type { TeamView } from '@/lib/domain/teams/team-input';
import { formatUsd, formatUsdShort } from '@/lib/utils/format-money';
import { formatCount, formatPlural } from '@/lib/utils/format-number';

interface TeamTableProps {
  teams: readonly TeamView[];
  /** The name of the month that the spend belongs to. */
  month: string;
}

function None({ words }: { words: string }) {
  return (
    <span className="text-muted">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

function Budget({ team }: { team: TeamView }) {
  if (team.monthlyBudget === null) return <None words="none" />;
  const amount = formatUsdShort(team.monthlyBudget);
  return (
    <div className="flex flex-col gap-0.5 max-sm:items-end">
      {amount}
      <Meter
        label={`Budget used by ${team.name}`}
        used={ratioUsd(team.monthSpend, team.monthlyBudget) ?? 0}
        valueText={`${formatUsd(team.monthSpend)} of ${amount} spent this month`}
      />
    </div>
  );
}

export function TeamTable({ teams, month }: TeamTableProps) {
  return (
    <Table aria-label="Teams" cards>
      <THead>
        <Tr>
          <Th>Team</Th>
          <Th>Leads</Th>
          <Th>Members</Th>
          <Th align="right">Keys</Th>
          <Th align="right">Spend in {month}</Th>
          <Th>Monthly budget</Th>
          <Th>Cost centre</Th>
        </Tr>
      </THead>
      <TBody>
        {teams.map((team) => (
          <Tr key={team.id}>
            <Td label="Team">
              <Link
                href={`/teams/${team.id}`}
                className="break-words rounded-tag font-semibold hover:underline"
              >
                {team.name}
              </Link>
            </Td>
            <Td label="Leads">
              {team.leads.length > 0 ? (
                team.leads.map(({ name }) => name).join(', ')
              ) : (
                <span className="text-warn">No lead</span>
              )}
            </Td>
            <Td label="Members" className="text-muted">
              {team.members.length > 0 ? (
                <span title={team.members.map(({ name }) => name).join(', ')}>
                  {formatPlural(team.members.length, 'member')}
                </span>
              ) : (
                <None words="none" />
              )}
            </Td>
            <Td label="Keys" align="right">
              <Link
                href={`/keys?team=${team.id}`}
                prefetch={false}
                aria-label={`${formatPlural(team.keyCount, 'key')} of ${team.name}`}
                className="rounded-tag underline decoration-line-strong underline-offset-2 hover:decoration-ink"
              >
                {formatCount(team.keyCount)}
              </Link>
            </Td>
            <Td label={`Spend in ${month}`} align="right">
              <Money amount={team.monthSpend} className="font-semibold" />
            </Td>
            <Td label="Monthly budget">
              <Budget team={team} />
            </Td>
            <Td label="Cost centre" className="text-muted">
              {team.costCentre ?? <None words="none" />}
            </Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}

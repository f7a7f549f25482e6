import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { z } from 'zod';
import { PageFrame } from '@/components/layout/page-frame';
import { TeamActions } from '@/components/teams/team-actions';
import { TeamBudgetPanel } from '@/components/teams/team-budget-panel';
import { TeamKeys } from '@/components/teams/team-keys';
import { TeamPeople } from '@/components/teams/team-people';
import { ButtonLink } from '@/components/ui/button-link';
import { NoPermissionState } from '@/components/ui/states';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { decodeKeysTable } from '@/lib/domain/keys/keys-table';
import { reachOf } from '@/lib/domain/people/permission';
import { AppError } from '@/lib/server/errors';
import { getTeamView } from '@/lib/server/teams/get-team-view';
import { formatMonth } from '@/lib/utils/format-date';
import { formatUsd } from '@/lib/utils/format-money';
import { formatPlural } from '@/lib/utils/format-number';

const paramsSchema = z.object({ teamId: z.coerce.number().int().positive().max(2_147_483_647) });

interface TeamPageProps {
  params: Promise<{ teamId: string }>;
}

const loadTeam = cache(async (text: string) => {
  const context = await requirePageContext();
  const parsed = paramsSchema.safeParse({ teamId: text });
  if (!parsed.success) notFound();
  try {
    return await getTeamView(context, parsed.data);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
});

async function mayRead(): Promise<boolean> {
  const { actor } = await requirePageContext();
  return reachOf(actor.role, 'teams.read') !== null;
}

export async function generateMetadata({ params }: TeamPageProps): Promise<Metadata> {
  if (!(await mayRead())) return { title: 'Team' };
  const { team } = await loadTeam((await params).teamId);
  return { title: team.name };
}

export default async function TeamPage({ params }: TeamPageProps) {
  const context = await requirePageContext();
  if (!(await mayRead())) {
    return (
      <PageFrame title="Team">
        <NoPermissionState>Ask an admin which teams you may see.</NoPermissionState>
      </PageFrame>
    );
  }
  const { team, people, keys, forecast } = await loadTeam((await params).teamId);
  const { role } = context.actor;
  const canWrite = reachOf(role, 'teams.write') !== null;
  const month = formatMonth(keys.month).split(' ')[0] ?? '';
  const costCentre = team.costCentre ? ` · ${team.costCentre}` : '';
  return (
    <PageFrame
      title={team.name}
      breadcrumb={
        <Link href="/teams" className="rounded-tag hover:underline">
          Teams
        </Link>
      }
      meta={`${formatUsd(team.monthSpend)} in ${month} · ${formatPlural(team.keyCount, 'key')}${costCentre}`}
      actions={canWrite ? <TeamActions team={team} /> : null}
    >
      <TeamBudgetPanel team={team} forecast={forecast} month={month} />
      <section aria-labelledby="team-keys" className="flex flex-col gap-2">
        <div className="flex items-center justify-between gap-3">
          <h2 id="team-keys" className="font-semibold text-base">
            Keys
          </h2>
          <ButtonLink size="sm" href={`/keys?team=${team.id}`} prefetch={false}>
            Open in the key table
          </ButtonLink>
        </div>
        <TeamKeys
          teamId={team.id}
          keys={decodeKeysTable(keys)}
          month={month}
          canAssign={reachOf(role, 'keys.assign') !== null}
          canAsk={reachOf(role, 'requests.create') !== null}
          binds={keys.binds}
          now={new Date(keys.asOf)}
        />
        {keys.columns.id.length > 0 || keys.leftSpend !== '0' ? (
          <p className="text-muted text-xs">
            Spend of the days on which a key was the team’s, UTC days; today is not final.
            {keys.leftSpend === '0'
              ? null
              : ` ${formatUsd(keys.leftSpend)} of ${month} was spent by keys that have left.`}
          </p>
        ) : null}
      </section>
      <section aria-labelledby="team-people" className="flex flex-col gap-2">
        <h2 id="team-people" className="font-semibold text-base">
          People
        </h2>
        <TeamPeople team={team} people={people} canWrite={canWrite} />
      </section>
    </PageFrame>
  );
}

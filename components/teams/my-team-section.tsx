import Link from 'next/link';
import { stackOf } from '@/lib/domain/binds/binds-wire';
import { leftInAll } from '@/lib/domain/binds/left-in-all';
import { decodeKeysTable } from '@/lib/domain/keys/keys-table';
import { decodeRecentSpend, type RecentSpendWire } from '@/lib/domain/keys/recent-spend';
import { type KeyOutlook, keyOutlooks } from '@/lib/domain/teams/key-outlooks';
import type { LedTeam } from '@/lib/domain/teams/my-team';
import { formatDay, formatMonth } from '@/lib/utils/format-date';
import { formatUsd } from '@/lib/utils/format-money';
import { formatPlural } from '@/lib/utils/format-number';
import { KeyOutlookList } from './key-outlook-list';
import { TeamBudgetPanel } from './team-budget-panel';

/** More stand on the page of keys, where they can be searched and sorted. */
const MOST_KEYS = 25;

interface MyTeamSectionProps {
  led: LedTeam;
  recent: RecentSpendWire;
  canAsk: boolean;
}

function firstToRunOut(outlooks: readonly KeyOutlook[]): string | null {
  const spent = outlooks.filter(({ isSpent }) => isSpent).length;
  const next = outlooks.find(({ runsOutAt }) => runsOutAt !== null);
  const gone = spent > 0 ? `${formatPlural(spent, 'key')} can spend nothing now.` : '';
  if (!next?.runsOutAt) return gone === '' ? null : gone;
  return `${gone} ${spent > 0 ? 'Next' : 'First'} to run out, at the pace of the last 7 days: ${next.row.name}, on ${formatDay(next.runsOutAt)}.`.trim();
}

function allText(outlooks: readonly KeyOutlook[], { keys: table }: LedTeam): string {
  const stacks = outlooks.map(({ row }) => stackOf(table.binds, row));
  const { left, open, isAtMost } = leftInAll(stacks);
  const count = formatPlural(outlooks.length, 'active key');
  if (left === null)
    return `${count}; nothing known stops ${open === outlooks.length ? 'them' : `${open} of them`}`;
  return `${count} can still spend ${isAtMost ? 'at most ' : ''}${formatUsd(left)} in all as things stand`;
}

/** One team of a lead: what is left in all and of each key, and what runs out first. */
export function MyTeamSection({ led, recent, canAsk }: MyTeamSectionProps) {
  const { team, keys: table, forecast } = led;
  const now = new Date(table.asOf);
  const facts = { binds: table.binds, recent: decodeRecentSpend(recent), now };
  const outlooks = keyOutlooks(decodeKeysTable(table), facts);
  const shown = outlooks.slice(0, MOST_KEYS);
  const soonest = firstToRunOut(outlooks);
  const id = `team-${team.id}`;
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <h2 id={id} className="m-0 font-semibold text-base">
        <Link href={`/teams/${team.id}`} className="rounded-tag hover:underline">
          {team.name}
        </Link>
      </h2>
      <TeamBudgetPanel team={team} forecast={forecast} month={formatMonth(table.month).split(' ')[0] ?? ''} />
      {outlooks.length > 0 ? (
        <div>
          <p className="m-0 font-medium">{allText(outlooks, led)}.</p>
          {soonest ? <p className="m-0 text-warn">{soonest}</p> : null}
        </div>
      ) : null}
      <KeyOutlookList label={`Keys of ${team.name}`} outlooks={shown} now={now} canAsk={canAsk} />
      {outlooks.length > shown.length ? (
        <p className="m-0 text-muted">
          {shown.length} of {outlooks.length} keys, what runs out first on top.{' '}
          <Link href={`/keys?team=${team.id}`} className="rounded-tag text-accent underline">
            Show all
          </Link>
        </p>
      ) : null}
    </section>
  );
}

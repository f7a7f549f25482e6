import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PageFrame } from '@/components/layout/page-frame';
import { KeyCounts } from '@/components/overview/key-counts';
import { LimitList } from '@/components/overview/limit-list';
import { MonthHeadline } from '@/components/overview/month-headline';
import { NeedList } from '@/components/overview/need-list';
import { OverdueRaises } from '@/components/overview/overdue-raises';
import { OverviewEmpty } from '@/components/overview/overview-empty';
import { Section } from '@/components/overview/section';
import { TeamSpend } from '@/components/overview/team-spend';
import { EmptyState, NoPermissionState } from '@/components/ui/states';
import { requirePageContext } from '@/lib/auth/require-page-context';
import type { KeyAttention } from '@/lib/domain/overview/key-attention';
import type { OverviewView } from '@/lib/domain/overview/overview-view';
import { type Permission, reachOf } from '@/lib/domain/people/permission';
import { getOverview } from '@/lib/server/overview/get-overview';
import { formatMonth } from '@/lib/utils/format-date';
import { formatPlural } from '@/lib/utils/format-number';

export const metadata: Metadata = { title: 'Overview' };

const LISTED_LIMITS = 8;

function limitsTitle({ runningOut, usedUp }: KeyAttention): string {
  const ahead = runningOut.count - usedUp;
  const usedUpText = `${formatPlural(usedUp, 'key')} used up ${usedUp === 1 ? 'its' : 'their'} limit`;
  if (ahead === 0) return usedUp > 0 ? usedUpText : 'No key will run out before its limit starts anew';
  const aheadText = `${formatPlural(ahead, 'key')} will run out before the limit starts anew`;
  return usedUp > 0 ? `${aheadText}, ${usedUp} already did` : aheadText;
}

function Overview({ overview }: { overview: OverviewView }) {
  const { spend, attention, needs } = overview;
  const close = [...attention.runningOut.keys, ...attention.nearlyFull.keys].slice(0, LISTED_LIMITS);
  return (
    <>
      <OverdueRaises needs={needs} />
      <MonthHeadline spend={spend} attention={attention} />
      <div className="grid items-start gap-x-5 gap-y-5 xl:grid-cols-[minmax(0,1fr)_340px]">
        <div className="flex min-w-0 flex-col gap-5">
          <Section title="This month by team" more={{ href: '/spend', label: 'Day by day' }}>
            {spend.series.length > 0 ? (
              <TeamSpend spend={spend} />
            ) : (
              <EmptyState title="No spend this month so far" className="py-8" />
            )}
          </Section>
          <Section
            title={limitsTitle(attention)}
            more={{ href: '/keys?status=active&sort=limit.desc', label: 'All by limit used' }}
          >
            {close.length > 0 ? <LimitList keys={close} /> : null}
          </Section>
        </div>
        <div className="flex min-w-0 flex-col gap-5">
          <Section title="Needs you">
            <NeedList
              needs={needs}
              expiring={attention.counts.expiring}
              due={attention.counts.dueForRotation}
              now={Date.parse(overview.asOf)}
            />
          </Section>
          <Section title={`${formatPlural(attention.activeKeys, 'active key')}, of these`}>
            <KeyCounts attention={attention} />
          </Section>
        </div>
      </div>
    </>
  );
}

export default async function OverviewRoute() {
  const context = await requirePageContext();
  const may = (permission: Permission) => reachOf(context.actor.role, permission) !== null;
  if (!may('overview.read')) {
    return (
      <PageFrame title="Overview">
        <NoPermissionState>Ask an admin what your role may see.</NoPermissionState>
      </PageFrame>
    );
  }
  if (context.actor.role === 'lead' && context.actor.teamIds.length === 0) {
    return (
      <PageFrame title="Overview">
        <EmptyState title="You lead no team yet">
          Once an admin makes you the lead of a team, its keys and spend stand here.
        </EmptyState>
      </PageFrame>
    );
  }
  // What a lead has to look after stands on a page of its own.
  if (context.actor.role === 'lead') redirect('/team');
  const overview = await getOverview(context);
  return (
    <PageFrame
      title="Overview"
      meta={overview.hasConnection ? formatMonth(overview.asOf) : null}
      className="gap-5"
    >
      {overview.hasConnection ? (
        <Overview overview={overview} />
      ) : (
        <OverviewEmpty canConnect={may('connections.write')} />
      )}
    </PageFrame>
  );
}

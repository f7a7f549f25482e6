import type { ReactNode } from 'react';
import { ConsoleFrame } from '@/components/layout/console-frame';
import { LiveFreshness } from '@/components/layout/live-freshness';
import { Bell } from '@/components/notifications/bell';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { reachOf } from '@/lib/domain/people/permission';
import { countDrift } from '@/lib/server/drift/list-drift';
import { countUnread } from '@/lib/server/notifications/list-notifications';
import { getFreshness } from '@/lib/server/reads/get-freshness';
import { countWaitingRequests } from '@/lib/server/requests/list-requests';
import { ConsoleProviders } from './console-providers';

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const context = await requirePageContext();
  const { name, email, role } = context.actor;
  const freshness = await getFreshness(context);
  const { unread } = await countUnread(context);
  return (
    <ConsoleProviders>
      <ConsoleFrame
        user={{ name, email, role }}
        waiting={{
          '/requests': await countWaitingRequests(context),
          ...(reachOf(role, 'audit.read') === null ? {} : { '/drift': await countDrift(context) }),
        }}
        bell={<Bell initialUnread={unread} now={context.now().getTime()} />}
        freshness={<LiveFreshness initial={freshness} now={context.now().getTime()} />}
      >
        {children}
      </ConsoleFrame>
    </ConsoleProviders>
  );
}

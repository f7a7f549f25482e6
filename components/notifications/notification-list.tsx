'use client';

import { useQuery } from '@tanstack/react-query';
import { parseAsBoolean, useQueryState } from 'nuqs';
import { useState } from 'react';
import { PageFrame } from '@/components/layout/page-frame';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { Segmented } from '@/components/ui/segmented';
import { EmptyState, ErrorState } from '@/components/ui/states';
import { toast } from '@/components/ui/toaster';
import { notificationsQuery, useMarkAllRead, useMarkRead } from '@/lib/client/notifications';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { NotificationsView } from '@/lib/domain/notifications/notification-view';
import { formatCount } from '@/lib/utils/format-number';
import { NotificationItem } from './notification-item';

const PAGE = 50;
const MOST = 500;

interface NotificationListProps {
  initial: NotificationsView;
  initialIsUnreadOnly: boolean;
  now: number;
}

/** Everything one was told, newest first. */
export function NotificationList({ initial, initialIsUnreadOnly, now }: NotificationListProps) {
  const [isUnreadOnly, setUnreadOnly] = useQueryState('unread', parseAsBoolean.withDefault(false));
  const [limit, setLimit] = useState(PAGE);
  const isFirst = isUnreadOnly === initialIsUnreadOnly && limit === PAGE;
  const { data, error, refetch } = useQuery({
    ...notificationsQuery({ isUnreadOnly, limit }),
    ...(isFirst ? { initialData: initial } : {}),
  });
  const markAll = useMarkAllRead();
  const newest = data?.items[0]?.createdAt;
  return (
    <PageFrame
      title="Notifications"
      meta={data ? `${formatCount(data.unread)} unread` : null}
      actions={
        <>
          <ButtonLink href="/account#mail">Choose what comes by email</ButtonLink>
          <Button
            disabled={!data || data.unread === 0}
            pending={markAll.isPending}
            onClick={() =>
              newest &&
              markAll.mutate(
                { until: newest },
                { onError: (failure) => toast.error(outcomeErrorOf(failure).message) },
              )
            }
          >
            Mark all as read
          </Button>
        </>
      }
    >
      <Segmented
        aria-label="Show"
        value={isUnreadOnly ? 'unread' : 'all'}
        onValueChange={(value) => void setUnreadOnly(value === 'unread' ? true : null)}
        options={[
          { value: 'all', label: 'All' },
          { value: 'unread', label: 'Unread' },
        ]}
      />
      {error && !data ? (
        <ErrorState actions={<Button onClick={() => void refetch()}>Try again</Button>}>
          {outcomeErrorOf(error).message}
        </ErrorState>
      ) : null}
      {data ? <Items view={data} isUnreadOnly={isUnreadOnly} now={now} /> : null}
      {data?.hasOlder && limit < MOST ? (
        <Button className="self-start" onClick={() => setLimit(Math.min(MOST, limit + PAGE))}>
          Show older
        </Button>
      ) : null}
    </PageFrame>
  );
}

interface ItemsProps {
  view: NotificationsView;
  isUnreadOnly: boolean;
  now: number;
}

function Items({ view, isUnreadOnly, now }: ItemsProps) {
  const markRead = useMarkRead();
  const mark = (id: string) =>
    markRead.mutate({ ids: [id] }, { onError: (failure) => toast.error(outcomeErrorOf(failure).message) });
  if (view.items.length === 0) {
    return isUnreadOnly ? (
      <EmptyState title="Nothing unread">You have read all that you were told.</EmptyState>
    ) : (
      <EmptyState title="Nothing yet">
        What concerns you will be here: requests, raises, hand-overs, and what needs you.
      </EmptyState>
    );
  }
  return (
    <ul aria-label="Notifications" className="divide-y divide-line rounded-panel border border-line bg-panel">
      {view.items.map((item) => (
        <li key={item.id} className="flex items-start gap-2 px-1.5 py-1">
          <NotificationItem item={item} now={now} onOpen={() => (item.isRead ? undefined : mark(item.id))} />
          {item.isRead ? null : (
            <Button
              size="sm"
              variant="ghost"
              className="mt-1"
              aria-label={`Mark as read: ${item.title}`}
              onClick={() => mark(item.id)}
            >
              Mark as read
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

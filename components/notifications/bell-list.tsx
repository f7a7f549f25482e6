'use client';

import { useQuery } from '@tanstack/react-query';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { Notice } from '@/components/ui/notice';
import { toast } from '@/components/ui/toaster';
import { notificationsQuery, useMarkAllRead, useMarkRead } from '@/lib/client/notifications';
import { outcomeErrorOf } from '@/lib/client/outcome';
import { NotificationItem } from './notification-item';

const SHOWN = 6;

interface BellListProps {
  now: number;
  onLeave: () => void;
}

/** The newest notifications, in the bell's popover. */
export function BellList({ now, onLeave }: BellListProps) {
  const { data, error, isPending } = useQuery(notificationsQuery({ isUnreadOnly: false, limit: SHOWN }));
  const markRead = useMarkRead();
  const markAll = useMarkAllRead();
  const newest = data?.items[0]?.createdAt;
  const onError = (failure: unknown) => toast.error(outcomeErrorOf(failure).message);
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center justify-between gap-2 px-2">
        <h2 className="font-semibold text-sm">Notifications</h2>
        {data && data.unread > 0 && newest ? (
          <Button
            variant="link"
            size="sm"
            pending={markAll.isPending}
            onClick={() => markAll.mutate({ until: newest }, { onError })}
          >
            Mark all as read
          </Button>
        ) : null}
      </div>
      {error ? (
        <Notice tone="bad" live="assertive">
          {outcomeErrorOf(error).message}
        </Notice>
      ) : null}
      {isPending ? <p className="px-2 py-3 text-muted">Loading…</p> : null}
      {data?.items.length === 0 ? (
        <p className="px-2 py-3 text-muted">Nothing yet. What concerns you will be here.</p>
      ) : null}
      {data && data.items.length > 0 ? (
        <ul className="flex flex-col">
          {data.items.map((item) => (
            <li key={item.id} className="flex">
              <NotificationItem
                item={item}
                now={now}
                isShort
                onOpen={() => {
                  if (!item.isRead) markRead.mutate({ ids: [item.id] }, { onError });
                  onLeave();
                }}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <ButtonLink href="/notifications" prefetch={false} onClick={onLeave} className="mt-1">
        All notifications
      </ButtonLink>
    </div>
  );
}

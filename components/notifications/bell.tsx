'use client';

import { useQuery } from '@tanstack/react-query';
import { Bell as BellIcon } from 'lucide-react';
import { useState } from 'react';
import { buttonVariants } from '@/components/ui/button-variants';
import { Popover } from '@/components/ui/popover';
import { unreadQuery } from '@/lib/client/notifications';
import { cn } from '@/lib/utils/cn';
import { BellList } from './bell-list';

const MOST_SHOWN = 99;

interface BellProps {
  /** As the server counted when it drew the page. */
  initialUnread: number;
  now: number;
}

/** How much is unread, and the newest on a click. */
export function Bell({ initialUnread, now }: BellProps) {
  const [isOpen, setOpen] = useState(false);
  const { data } = useQuery({ ...unreadQuery, initialData: { unread: initialUnread } });
  const { unread } = data;
  return (
    <Popover
      label="Notifications"
      align="end"
      className="w-[min(360px,calc(100vw-16px))] p-2"
      open={isOpen}
      onOpenChange={setOpen}
      button={{
        className: cn(buttonVariants({ variant: 'ghost', size: 'icon' }), 'relative max-md:size-10'),
        'aria-label': unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`,
        children: (
          <>
            <BellIcon aria-hidden="true" className="size-4.5" />
            {unread > 0 ? (
              <span
                aria-hidden="true"
                className="absolute top-0.5 right-0.5 min-w-4 rounded-full bg-accent px-1 text-center font-semibold text-[10px] text-on-accent leading-4"
              >
                {unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}
              </span>
            ) : null}
          </>
        ),
      }}
    >
      <BellList now={now} onLeave={() => setOpen(false)} />
    </Popover>
  );
}

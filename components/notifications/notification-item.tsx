import Link from 'next/link';
import { RelativeTime } from '@/components/ui/relative-time';
import type { NotificationView } from '@/lib/domain/notifications/notification-view';
import { cn } from '@/lib/utils/cn';

interface NotificationItemProps {
  item: NotificationView;
  now: number;
  /** Leads to the page; nothing else happens by opening it. */
  onOpen: () => void;
  /** Only the first words of what there is to say. */
  isShort?: boolean;
}

/** One notification as a link to what it is about; a dot and a word tell that it is unread. */
export function NotificationItem({ item, now, onOpen, isShort = false }: NotificationItemProps) {
  return (
    <Link
      href={item.href}
      prefetch={false}
      onClick={onOpen}
      className="flex min-w-0 flex-1 gap-2.5 rounded-control px-2 py-1.5 hover:bg-sunk"
    >
      <span
        aria-hidden="true"
        className={cn(
          'mt-[7px] size-1.5 shrink-0 rounded-full',
          item.isRead ? 'bg-transparent' : 'bg-accent',
        )}
      />
      <span className="min-w-0 flex-1">
        <span className={cn('block break-words text-sm', item.isRead ? 'text-muted' : 'font-medium')}>
          {item.isRead ? null : <span className="sr-only">Unread: </span>}
          {item.title}
        </span>
        {item.body ? (
          <span className={cn('block break-words text-muted text-xs', isShort && 'line-clamp-2')}>
            {item.body}
          </span>
        ) : null}
        <RelativeTime at={item.createdAt} now={now} className="block text-muted text-xs" />
      </span>
    </Link>
  );
}

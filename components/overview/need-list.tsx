import Link from 'next/link';
import type { ReactNode } from 'react';
import { RelativeTime } from '@/components/ui/relative-time';
import type { ChangeKind } from '@/lib/domain/changes/change';
import type { Need } from '@/lib/domain/overview/overview-view';
import { formatPlural } from '@/lib/utils/format-number';
import { attentionHref } from './key-links';

const changeWords: Record<ChangeKind, string> = {
  create_key: 'creating it',
  set_limit: 'its new limit',
  rename_key: 'its new name',
  disable_key: 'disabling it',
  enable_key: 'enabling it',
  set_labels: 'its new labels',
  set_expiry: 'its new expiry',
  delete_key: 'deleting it',
};

interface ItemProps {
  href: string;
  title: string;
  children: ReactNode;
}

function Item({ href, title, children }: ItemProps) {
  return (
    <li className="border-line border-b px-3.5 py-2.5 last:border-b-0">
      <Link href={href} className="rounded-tag font-semibold underline-offset-2 hover:underline">
        {title}
      </Link>
      <p className="m-0 text-muted text-xs">{children}</p>
    </li>
  );
}

function LastWhole({ at, now }: { at: string | null; now: number }) {
  if (at === null) return <>It was never read whole.</>;
  return (
    <>
      Last read whole <RelativeTime at={at} now={now} />.
    </>
  );
}

function NeedItem({ need, now }: { need: Need; now: number }) {
  switch (need.kind) {
    case 'incident':
      return (
        <Item href={`/changes#${need.incidentId}`} title={need.title}>
          Only a person can settle it. Asked <RelativeTime at={need.at} now={now} />.
        </Item>
      );
    case 'raise_overdue':
      return (
        <Item href={`/keys/${need.keyId}`} title={`${need.keyName}: its raise is overdue`}>
          It should have ended <RelativeTime at={need.at} now={now} />. {need.why} Keyward keeps trying.
        </Item>
      );
    case 'drift':
      return (
        <Item href="/drift" title={`${formatPlural(need.count, 'change')} made outside Keyward`}>
          Decide whether each stays, is put back, or may wait.
        </Item>
      );
    case 'requests':
      return (
        <Item
          href="/requests"
          title={`${formatPlural(need.count, 'request')} ${need.count === 1 ? 'waits' : 'wait'} for you`}
        >
          To be approved, answered, or tried again.
        </Item>
      );
    case 'unknown_change':
      return (
        <Item
          href={need.keyId === null ? '/changes' : `/keys/${need.keyId}`}
          title={`${need.keyName ?? 'A new key'}: nobody knows yet whether it changed`}
        >
          {need.actorName} asked {need.connection} for {changeWords[need.change]}{' '}
          <RelativeTime at={need.at} now={now} />; no answer came. Keyward keeps looking.
        </Item>
      );
    case 'read_failed':
      return (
        <Item
          href={`/connections/${need.connectionId}`}
          title={`${need.connection}: reading ${need.reads} failed`}
        >
          {need.reason ? `${need.reason} ` : ''}
          <LastWhole at={need.lastCompleteAt} now={now} />
        </Item>
      );
    case 'read_stale':
      return (
        <Item
          href={`/connections/${need.connectionId}`}
          title={`${need.connection} has not been read for a while`}
        >
          <LastWhole at={need.lastCompleteAt} now={now} />
        </Item>
      );
    case 'left_keys':
      return (
        <Item
          href="/teams/left"
          title={`${formatPlural(need.keys, 'key')} of ${formatPlural(need.people, 'person', 'people')} who left`}
        >
          They still work. Somebody who is here should own them.
        </Item>
      );
    case 'connection_paused':
      return (
        <Item href={`/connections/${need.connectionId}`} title={`${need.connection} is paused`}>
          Its keys and spend are not read until it is resumed.
        </Item>
      );
  }
}

function keyOf(need: Need): string {
  if (need.kind === 'incident') return need.incidentId;
  if (need.kind === 'unknown_change') return need.changeId;
  if (need.kind === 'raise_overdue') return need.raiseId;
  if (need.kind === 'drift' || need.kind === 'requests') return need.kind;
  if (need.kind === 'left_keys') return need.kind;
  return `${need.kind}-${need.connectionId}-${need.kind === 'read_failed' ? need.reads : ''}`;
}

interface NeedListProps {
  needs: readonly Need[];
  expiring: number;
  /** Keys as old as the policy allows. */
  due: number;
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
}

/** What waits for a person, most urgent first. */
export function NeedList({ needs, expiring, due, now }: NeedListProps) {
  if (needs.length === 0 && expiring === 0 && due === 0) {
    return (
      <p className="m-0 rounded-panel border border-line bg-panel px-3.5 py-3 text-muted">
        Nothing waits for you.
      </p>
    );
  }
  return (
    <ul className="m-0 list-none rounded-panel border border-line bg-panel p-0">
      {needs.map((need) => (
        <NeedItem key={keyOf(need)} need={need} now={now} />
      ))}
      {expiring > 0 ? (
        <Item
          href={attentionHref('expiring')}
          title={`${formatPlural(expiring, 'key')} will expire within 14 days`}
        >
          The provider refuses a key from the moment it expires.
        </Item>
      ) : null}
      {due > 0 ? (
        <Item
          href={attentionHref('dueForRotation')}
          title={`${formatPlural(due, 'key')} ${due === 1 ? 'is' : 'are'} due for rotation`}
        >
          Older than the policy allows. Rotating a key lets the old one work until nothing uses it.
        </Item>
      ) : null}
    </ul>
  );
}

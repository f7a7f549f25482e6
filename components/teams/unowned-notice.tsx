import Link from 'next/link';
import { ButtonLink } from '@/components/ui/button-link';
import { Notice } from '@/components/ui/notice';
import type { UnownedCount } from '@/lib/domain/teams/unowned-count';
import { formatCount, formatPlural } from '@/lib/utils/format-number';

const link = 'rounded-tag underline underline-offset-2';

/** The unowned list: how many keys lack a team or an owner, and which of the two. */
export function UnownedNotice({ unowned }: { unowned: UnownedCount }) {
  const { keys, withoutTeam, withoutOwner } = unowned;
  return (
    <Notice
      tone="info"
      title={`${formatPlural(keys, 'key')} ${keys === 1 ? 'is' : 'are'} unowned:`}
      actions={
        <ButtonLink size="sm" href="/keys?unowned=any" prefetch={false}>
          Show the unowned keys
        </ButtonLink>
      }
    >
      <Link href="/keys?unowned=team" prefetch={false} className={link}>
        {formatCount(withoutTeam)} without a team
      </Link>
      ,{' '}
      <Link href="/keys?unowned=owner" prefetch={false} className={link}>
        {formatCount(withoutOwner)} without an owner
      </Link>
      .
    </Notice>
  );
}

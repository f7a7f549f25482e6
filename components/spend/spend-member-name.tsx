'use client';

import Link from 'next/link';
import type { SpendDimension } from '@/lib/domain/spend/spend-query';
import type { SpendMember } from '@/lib/domain/spend/spend-view';
import type { SpendControls } from './use-spend-choice';

interface SpendMemberNameProps {
  member: SpendMember;
  by: SpendDimension;
  openKeysOf: SpendControls['openKeysOf'];
}

const look = 'rounded-tag text-left font-semibold underline-offset-2 hover:underline';

function OpenName({ member, by, openKeysOf }: SpendMemberNameProps) {
  if (by === 'key' && member.isOpen) {
    return (
      <Link href={`/keys/${member.id}`} className={look}>
        {member.label}
      </Link>
    );
  }
  if (by === 'team' || by === 'connection') {
    return (
      <button type="button" className={look} onClick={() => openKeysOf(by, member.id)}>
        {member.label}
        <span className="sr-only">: show its keys</span>
      </button>
    );
  }
  return <span className="break-all font-semibold">{member.label}</span>;
}

/** A name that leads on: a key to its page, a team or connection to its keys. */
export function SpendMemberName(props: SpendMemberNameProps) {
  const { detail } = props.member;
  return (
    <span className="min-w-0">
      <OpenName {...props} />
      {detail ? <span className="block break-all text-muted text-xs">{detail}</span> : null}
    </span>
  );
}

import { Notice } from '@/components/ui/notice';
import type { Needs } from '@/lib/domain/requests/decide-needs';
import { needsText } from '@/lib/words/request-words';

interface NeedsNoticeProps {
  needs: Needs;
  /** How many people could approve it. */
  approvers: number;
}

/** How many must agree, why, and whether there are so many. */
export function NeedsNotice({ needs, approvers }: NeedsNoticeProps) {
  const { title, text } = needsText(needs);
  const isShort = approvers < needs.approvals;
  const short =
    approvers === 0
      ? 'There is no admin who could approve it.'
      : 'There is only one admin who could approve it.';
  return (
    <Notice tone={isShort ? 'warn' : needs.approvals === 0 ? 'ok' : 'info'} live="polite" title={title}>
      {[text, isShort ? short : ''].filter((part) => part !== '').join(' ')}
    </Notice>
  );
}

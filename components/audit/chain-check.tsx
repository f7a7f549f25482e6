'use client';

import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { useVerifyAudit } from '@/lib/client/audit';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { ChainFaultKind, ChainReport } from '@/lib/domain/audit/audit-chain';
import { formatDateTime } from '@/lib/utils/format-date';
import { formatCount } from '@/lib/utils/format-number';

const faultWords: Record<ChainFaultKind, (seq: string) => string> = {
  missing: (seq) => `Row ${seq} is missing.`,
  link: (seq) =>
    `Row ${seq} does not follow the row before it: one of the two was exchanged, moved or put in.`,
  content: (seq) => `Row ${seq} is not as it was written: it was edited.`,
  head: (seq) => `Row ${seq} is not the newest row that was written.`,
  beyond_head: (seq) => `Row ${seq} was not added by Keyward.`,
  cut: (seq) => `Row ${seq} is missing: the newest rows were cut off after they had been anchored.`,
  rewritten: (seq) => `Row ${seq} or a later one was made anew after the log had been anchored.`,
};

function ReportNotice({ report }: { report: ChainReport }) {
  const when = `Checked ${formatDateTime(report.checkedAt)}.`;
  if (report.fault === null) {
    return (
      <Notice tone="ok" live="polite" title={`Chain verified to row ${formatCount(report.verifiedTo)}.`}>
        No row was edited, moved, put in or deleted. {when}
      </Notice>
    );
  }
  return (
    <Notice tone="bad" live="assertive" title={faultWords[report.fault.kind](formatCount(report.fault.seq))}>
      {report.verifiedTo === 0
        ? 'No row before it stands.'
        : `Verified to row ${formatCount(report.verifiedTo)}.`}{' '}
      Someone with access to the database changed the log behind Keyward’s back. {when}
    </Notice>
  );
}

/** Verifies the chain when asked, and says how far it holds. */
export function ChainCheck() {
  const verify = useVerifyAudit();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Button size="sm" pending={verify.isPending} pendingText="Verifying…" onClick={() => verify.mutate()}>
        Verify chain
      </Button>
      {verify.data && !verify.isPending ? <ReportNotice report={verify.data} /> : null}
      {verify.error ? (
        <Notice tone="bad" live="assertive" title="The chain was not verified.">
          {outcomeErrorOf(verify.error).message}
        </Notice>
      ) : null}
      {verify.isIdle ? (
        <p className="text-muted text-xs">
          Every row carries the hash of the row before it, so a change behind Keyward’s back shows.
        </p>
      ) : null}
    </div>
  );
}

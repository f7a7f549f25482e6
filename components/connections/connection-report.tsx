import { Check, CircleHelp, X } from 'lucide-react';
import { KeyValueList } from '@/components/ui/key-value-list';
import { Money } from '@/components/ui/money';
import { Notice } from '@/components/ui/notice';
import type { ConnectionReportView } from '@/lib/domain/connections/connection-view';
import { generationWords } from '@/lib/domain/connections/provider-kind';
import { formatCount, formatPlural } from '@/lib/utils/format-number';
import { containerWords } from '@/lib/words/capability-facts';
import { CapabilityMatrix } from './capability-matrix';

const rightMarks = {
  present: { Mark: Check, word: 'present', className: 'text-ok' },
  missing: { Mark: X, word: 'missing', className: 'text-bad' },
  unknown: { Mark: CircleHelp, word: 'could not be told', className: 'text-muted' },
} as const;

function RightMark({ isPresent }: { isPresent: boolean | null }) {
  const { Mark, word, className } =
    rightMarks[isPresent === null ? 'unknown' : isPresent ? 'present' : 'missing'];
  return (
    <span className={`inline-flex items-baseline gap-1 ${className}`}>
      <Mark aria-hidden="true" className="size-3.5 translate-y-0.5" />
      {word}
    </span>
  );
}

export function RightsList({ rights }: Pick<ConnectionReportView, 'rights'>) {
  return (
    <KeyValueList
      items={rights.map(({ name, isPresent }) => ({
        label: name,
        value: <RightMark isPresent={isPresent} />,
      }))}
    />
  );
}

function factsOf(report: ConnectionReportView) {
  const { containers, balance } = report.capabilities;
  return [
    { label: 'Account', value: report.accountName ?? 'not told by the provider' },
    { label: 'Generation', value: generationWords[report.generation] },
    { label: 'Keys', value: formatCount(report.keyCount) },
    ...(containers === null
      ? []
      : [{ label: titleOf(containerWords[containers].many), value: formatCount(report.containerCount) }]),
    {
      label: 'Balance',
      value: report.balance === null && !balance.can ? balance.reason : <Money amount={report.balance} />,
    },
  ];
}

function titleOf(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** What a test found, before anything is stored. */
export function ConnectionReport({ report }: { report: ConnectionReportView }) {
  const missing = report.rights.filter(({ isPresent }) => isPresent === false).map(({ name }) => name);
  return (
    <div className="flex flex-col gap-4">
      <Notice tone={missing.length === 0 ? 'ok' : 'warn'} title="The key works.">
        {missing.length === 0
          ? `${formatPlural(report.keyCount, 'key')} found. Nothing is stored yet.`
          : `It lacks ${missing.join(' and ')}: what needs that will be refused. Nothing is stored yet.`}
      </Notice>
      <section aria-label="What was found">
        <KeyValueList items={factsOf(report)} />
      </section>
      <section>
        <h3 className="mb-1.5 font-semibold">Rights of this key</h3>
        <RightsList rights={report.rights} />
      </section>
      <section>
        <h3 className="mb-1.5 font-semibold">What can be done here</h3>
        <div className="rounded-control border border-line">
          <CapabilityMatrix capabilities={report.capabilities} caption="What this connection can do" />
        </div>
      </section>
    </div>
  );
}

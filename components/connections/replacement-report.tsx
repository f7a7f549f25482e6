import { KeyValueList } from '@/components/ui/key-value-list';
import { Notice } from '@/components/ui/notice';
import type { ConnectionReportView, ConnectionView } from '@/lib/domain/connections/connection-view';
import { generationWords } from '@/lib/domain/connections/provider-kind';
import { formatCount } from '@/lib/utils/format-number';
import { RightsList } from './connection-report';

const fromTo = (from: string, to: string) => (from === to ? to : `${from} → ${to}`);

interface ReplacementReportProps {
  connection: ConnectionView;
  report: ConnectionReportView;
}

/** What the new key finds, beside what is known through the old one. */
export function ReplacementReport({ connection, report }: ReplacementReportProps) {
  const isOther =
    connection.accountName !== null &&
    report.accountName !== null &&
    connection.accountName !== report.accountName;
  return (
    <div className="flex flex-col gap-3">
      {isOther ? (
        <Notice tone="warn" title="This key seems to belong to another account.">
          Keys that the other account does not hold would be shown as gone. For another account, add a
          connection of its own.
        </Notice>
      ) : (
        <Notice tone="ok" title="The key works.">
          Nothing is stored yet.
        </Notice>
      )}
      <KeyValueList
        items={[
          {
            label: 'Account',
            value: fromTo(connection.accountName ?? 'not told', report.accountName ?? 'not told'),
          },
          {
            label: 'Keys',
            value: fromTo(formatCount(connection.keyCount), formatCount(report.keyCount)),
          },
          {
            label: 'Generation',
            value: fromTo(generationWords[connection.generation], generationWords[report.generation]),
          },
        ]}
      />
      <RightsList rights={report.rights} />
    </div>
  );
}

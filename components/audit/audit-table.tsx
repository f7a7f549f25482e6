import Link from 'next/link';
import { Badge } from '@/components/ui/badge';
import { CopyButton } from '@/components/ui/copy-button';
import { DifferenceList } from '@/components/ui/difference-list';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, TBody, Td, THead, Th, Tr } from '@/components/ui/table';
import type { AuditView } from '@/lib/domain/audit/audit-view';
import { roleWords } from '@/lib/domain/people/role';
import { formatCount } from '@/lib/utils/format-number';
import { auditActionText, auditOutcomeWords, auditSubjectText } from '@/lib/words/audit-words';
import { differencesOf } from '@/lib/words/record-words';

interface AuditTableProps {
  rows: readonly AuditView[];
  /** Epoch milliseconds at which the server drew the page. */
  now: number;
}

function subjectHref({ subject, key }: AuditView): string | null {
  if (key) return `/keys/${key.id}`;
  if (subject.kind === 'team' && subject.id) return `/teams/${subject.id}`;
  if (subject.kind === 'connection' && subject.id) return `/connections/${subject.id}`;
  return null;
}

function Subject({ row }: { row: AuditView }) {
  const { subject, key, connection } = row;
  const name = subject.name ?? key?.name ?? null;
  const href = subjectHref(row);
  const where = connection && subject.kind !== 'connection' ? ` · ${connection.name}` : '';
  if (name === null) return null;
  // "9 keys" says by itself what they are.
  const isSeveral = subject.kind === 'key' && subject.id === null && key === null;
  return (
    <span className="block break-words text-muted text-xs">
      {isSeveral ? null : `${auditSubjectText(subject.kind)} `}
      {href ? (
        <Link
          href={href}
          prefetch={false}
          className="rounded-tag text-ink underline decoration-line-strong underline-offset-2 hover:decoration-ink"
        >
          {name}
        </Link>
      ) : (
        <span className="text-ink">{name}</span>
      )}
      {where}
    </span>
  );
}

function Who({ actor }: { actor: AuditView['actor'] }) {
  const role = actor.kind === 'system' ? 'Keyward itself' : actor.role ? roleWords[actor.role].name : null;
  return (
    <div className="min-w-0 leading-[17px]">
      <span className="block break-words">{actor.name}</span>
      {role ? <span className="block text-muted text-xs">{role}</span> : null}
    </div>
  );
}

/** Rows of the audit log: who did what on which, what it changed, why, and how it ended. */
export function AuditTable({ rows, now }: AuditTableProps) {
  return (
    <Table aria-label="Audit log, newest first" cards>
      <THead>
        <Tr>
          <Th>When</Th>
          <Th>Who</Th>
          <Th>What</Th>
          <Th>Before and after</Th>
          <Th>Reason</Th>
          <Th>Outcome</Th>
          <Th>
            <span className="sr-only">Request</span>
          </Th>
        </Tr>
      </THead>
      <TBody>
        {rows.map((row) => {
          const outcome = auditOutcomeWords(row.outcome);
          return (
            <Tr key={row.seq} className="[&>td]:py-2 sm:[&>td]:align-top">
              <Td label="When" className="whitespace-nowrap">
                <div className="leading-[17px]">
                  <RelativeTime at={row.at} now={now} className="block" />
                  <span className="block text-muted text-xs">row {formatCount(row.seq)}</span>
                </div>
              </Td>
              <Td label="Who" className="sm:min-w-28">
                <Who actor={row.actor} />
              </Td>
              <Td label="What" className="sm:min-w-44">
                <div className="min-w-0 leading-[17px] max-sm:text-right">
                  <span className="block font-medium">{auditActionText(row.action)}</span>
                  <Subject row={row} />
                </div>
              </Td>
              <Td label="Change" className="sm:min-w-52">
                <Changes row={row} />
              </Td>
              <Td label="Reason" className="text-muted sm:max-w-56">
                <span className="break-words">{row.reason || <Nothing words="none given" />}</span>
              </Td>
              <Td label="Outcome">
                <Badge tone={outcome.tone}>{outcome.label}</Badge>
              </Td>
              <Td label="Request" align="right">
                <span title={`Request ${row.requestId}`}>
                  <CopyButton
                    value={row.requestId}
                    label={`Copy the request id of row ${row.seq}`}
                    size="icon"
                    variant="ghost"
                    className="-my-1.5"
                  />
                </span>
              </Td>
            </Tr>
          );
        })}
      </TBody>
    </Table>
  );
}

function Changes({ row }: { row: AuditView }) {
  const differences = differencesOf(row.before, row.after);
  if (differences.length === 0) return <Nothing words="nothing recorded" />;
  return <DifferenceList items={differences} className="max-w-96 max-sm:text-right" />;
}

function Nothing({ words }: { words: string }) {
  return (
    <span className="text-muted">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

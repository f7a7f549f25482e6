import type { Metadata } from 'next';
import { AuditFilterBar } from '@/components/audit/audit-filter-bar';
import { AuditTable } from '@/components/audit/audit-table';
import { ChainCheck } from '@/components/audit/chain-check';
import { ExportLinks } from '@/components/audit/export-links';
import { PageFrame } from '@/components/layout/page-frame';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState, NoPermissionState } from '@/components/ui/states';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { auditQuery, hasAuditFilters, parseAuditFilters } from '@/lib/domain/audit/audit-filters';
import { reachOf } from '@/lib/domain/people/permission';
import { utcDayOf } from '@/lib/domain/periods/utc-day';
import { findKeyName } from '@/lib/server/audit/find-key-name';
import { listAudit } from '@/lib/server/audit/list-audit';
import { listAuditChoices } from '@/lib/server/audit/list-audit-choices';

export const metadata: Metadata = { title: 'Audit' };

interface AuditPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

function readText(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

function readRow(text: string | null): number | null {
  return text !== null && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}

export default async function AuditPage({ searchParams }: AuditPageProps) {
  const context = await requirePageContext();
  if (reachOf(context.actor.role, 'audit.read') === null) {
    return (
      <PageFrame title="Audit">
        <NoPermissionState>Admins and finance read the audit log.</NoPermissionState>
      </PageFrame>
    );
  }
  const address = await searchParams;
  const filters = parseAuditFilters((name) => readText(address[name]));
  const olderThan = readRow(readText(address.before));
  const { rows, olderThan: next } = await listAudit(context, { filters, olderThan });
  const choices = await listAuditChoices(context);
  const keyName = filters.keyId === null ? null : await findKeyName(context, filters.keyId);
  const now = context.now();
  const newest = auditQuery(filters);
  return (
    <PageFrame
      title="Audit"
      meta="Who did what, when, why, and how it ended"
      actions={<ExportLinks filters={filters} />}
    >
      <ChainCheck />
      <AuditFilterBar choices={choices} keyName={keyName} today={utcDayOf(now)} />
      {rows.length > 0 ? (
        <AuditTable rows={rows} now={now.getTime()} />
      ) : (
        <EmptyState
          title={hasAuditFilters(filters) || olderThan !== null ? 'No row fits' : 'Nothing was done yet'}
          actions={hasAuditFilters(filters) ? <ButtonLink href="/audit">Clear filters</ButtonLink> : null}
        >
          {hasAuditFilters(filters) || olderThan !== null
            ? 'Nothing of this kind was done in these days.'
            : 'Every change here and at the providers will stand here, with who and why.'}
        </EmptyState>
      )}
      {olderThan !== null || next !== null ? (
        <nav aria-label="Pages of the audit log" className="flex justify-end gap-2">
          {olderThan !== null ? (
            <ButtonLink href={newest ? `/audit?${newest}` : '/audit'}>Newest</ButtonLink>
          ) : null}
          {next !== null ? (
            <ButtonLink href={`/audit?${auditQuery(filters, { before: String(next) })}`}>Older</ButtonLink>
          ) : null}
        </nav>
      ) : null}
    </PageFrame>
  );
}

import { buttonVariants } from '@/components/ui/button-variants';
import { type AuditFilters, auditQuery } from '@/lib/domain/audit/audit-filters';

/** Plain links: the browser keeps the stream as a file while it arrives. */
export function ExportLinks({ filters }: { filters: AuditFilters }) {
  const href = (format: string) => `/api/audit/export?${auditQuery(filters, { format })}`;
  return (
    <>
      <a href={href('jsonl')} download className={buttonVariants()}>
        Export JSON Lines
      </a>
      <a href={href('csv')} download className={buttonVariants()}>
        Export CSV
      </a>
    </>
  );
}

import { csvRoute } from '@/lib/auth/csv-route';
import { parseAuditFilters } from '@/lib/domain/audit/audit-filters';
import { auditFormatSchema, exportAudit } from '@/lib/server/audit/export-audit';

/** Takes the filters of the audit page's own address, and `format`. */
export function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const filters = parseAuditFilters((name) => searchParams.get(name));
  return csvRoute((context) => {
    const format = auditFormatSchema.parse(searchParams.get('format') ?? 'csv');
    return exportAudit(context, { filters, format });
  });
}

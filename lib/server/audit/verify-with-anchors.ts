import 'server-only';
import { existsSync } from 'node:fs';
import type { ChainReport } from '@/lib/domain/audit/audit-chain';
import { getEnv } from '@/lib/env';
import type { ServerContext } from '../context';
import { readAnchorFile } from './anchor-file';
import { checkAnchors } from './check-anchors';
import { verifyAudit } from './verify-audit';

/**
 * Verifies the chain, and then that it still holds what was anchored outside the database, by this installation's
 * file. Without a file the chain alone is verified. Throws what the file system throws when it cannot be read.
 */
export async function verifyWithAnchors(
  context: ServerContext,
  anchorFile: string = getEnv().auditAnchors.file,
): Promise<ChainReport> {
  const report = await verifyAudit(context);
  if (report.fault !== null) return report;
  const isThere = existsSync(/* turbopackIgnore: true */ anchorFile);
  const { anchors } = isThere ? await readAnchorFile(anchorFile) : { anchors: [] };
  const { fault } = await checkAnchors(context.db, anchors);
  if (fault === null) return report;
  return { ...report, verifiedTo: fault.seq - 1, fault: { seq: fault.seq, kind: fault.kind } };
}

import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { requireFound } from '@/lib/auth/require-found';
import { requireBulkRun } from '@/lib/server/bulk/require-bulk-run';

interface BulkRunLayoutProps {
  params: Promise<{ runId: string }>;
  children: ReactNode;
}

export default async function BulkRunLayout({ params, children }: BulkRunLayoutProps) {
  const { runId } = await params;
  await requireFound('keys.update', (context) => requireBulkRun(context, runId));
  return <NuqsAdapter>{children}</NuqsAdapter>;
}

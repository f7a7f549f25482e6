import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { BulkRunPage } from '@/components/keys/bulk/bulk-run-page';
import { PageFrame } from '@/components/layout/page-frame';
import { NoPermissionState } from '@/components/ui/states';
import { requireFound } from '@/lib/auth/require-found';
import { type PageContext, requirePageContext } from '@/lib/auth/require-page-context';
import { getBulkRunSchema } from '@/lib/domain/bulk/bulk-action';
import { reachOf } from '@/lib/domain/people/permission';
import { getBulkRun } from '@/lib/server/bulk/get-bulk-run';
import { requireBulkRun } from '@/lib/server/bulk/require-bulk-run';
import { AppError } from '@/lib/server/errors';

type Params = { params: Promise<{ runId: string }> };

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { runId } = await params;
  await requireFound('keys.update', (context) => requireBulkRun(context, runId));
  return { title: 'Bulk change' };
}

async function loadRun(context: PageContext, runId: string) {
  const input = getBulkRunSchema.safeParse({ runId });
  if (!input.success) notFound();
  try {
    return await getBulkRun(context, input.data);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}

export default async function BulkRunRoute({ params }: Params) {
  const context = await requirePageContext();
  if (reachOf(context.actor.role, 'keys.update') === null) {
    return (
      <PageFrame title="Bulk change">
        <NoPermissionState>Admins change keys.</NoPermissionState>
      </PageFrame>
    );
  }
  const run = await loadRun(context, (await params).runId);
  // A run that follows another is a page of its own: nothing of the former one's state is kept.
  return <BulkRunPage key={run.id} initial={run} now={context.now().getTime()} />;
}

import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PageFrame } from '@/components/layout/page-frame';
import { RequestPage } from '@/components/requests/request-page';
import { NoPermissionState } from '@/components/ui/states';
import { type PageContext, requirePageContext } from '@/lib/auth/require-page-context';
import { reachOf } from '@/lib/domain/people/permission';
import { requestIdSchema } from '@/lib/domain/requests/request-input';
import { AppError } from '@/lib/server/errors';
import { getRequest } from '@/lib/server/requests/get-request';

export const metadata: Metadata = { title: 'Request' };

async function loadRequest(context: PageContext, requestId: string) {
  const input = requestIdSchema.safeParse({ requestId });
  if (!input.success) notFound();
  try {
    return await getRequest(context, input.data);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}

export default async function RequestRoute({ params }: { params: Promise<{ requestId: string }> }) {
  const context = await requirePageContext();
  if (reachOf(context.actor.role, 'requests.read') === null) {
    return (
      <PageFrame title="Request">
        <NoPermissionState>Ask an admin what your role may see.</NoPermissionState>
      </PageFrame>
    );
  }
  const request = await loadRequest(context, (await params).requestId);
  return <RequestPage key={request.id} initial={request} now={context.now().getTime()} />;
}

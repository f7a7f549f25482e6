import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound, redirect } from 'next/navigation';
import { PageFrame } from '@/components/layout/page-frame';
import { draftOfWish } from '@/components/requests/request-draft';
import { RequestForm } from '@/components/requests/request-form';
import { NoPermissionState } from '@/components/ui/states';
import { type PageContext, requirePageContext } from '@/lib/auth/require-page-context';
import { reachOf } from '@/lib/domain/people/permission';
import { requestIdSchema } from '@/lib/domain/requests/request-input';
import { AppError } from '@/lib/server/errors';
import { getRequestEdit } from '@/lib/server/requests/get-request-edit';

export const metadata: Metadata = { title: 'Change a request' };

async function loadEdit(context: PageContext, requestId: string) {
  const input = requestIdSchema.safeParse({ requestId });
  if (!input.success) notFound();
  try {
    return await getRequestEdit(context, input.data);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    // Decided meanwhile: its page says how.
    if (error instanceof AppError && error.code === 'conflict') redirect(`/requests/${requestId}`);
    throw error;
  }
}

export default async function EditRequestRoute({ params }: { params: Promise<{ requestId: string }> }) {
  const context = await requirePageContext();
  if (reachOf(context.actor.role, 'requests.create') === null) {
    return (
      <PageFrame title="Change a request">
        <NoPermissionState>Team leads and admins ask for limits and keys.</NoPermissionState>
      </PageFrame>
    );
  }
  const { requestId, title, wish, reason, form } = await loadEdit(context, (await params).requestId);
  return (
    <PageFrame
      title={`Change: ${title}`}
      breadcrumb={<Link href={`/requests/${requestId}`}>The request</Link>}
    >
      <RequestForm form={form} initial={draftOfWish(form, wish, reason)} requestId={requestId} />
    </PageFrame>
  );
}

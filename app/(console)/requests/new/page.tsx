import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { PageFrame } from '@/components/layout/page-frame';
import { emptyDraft } from '@/components/requests/request-draft';
import { RequestForm } from '@/components/requests/request-form';
import { NoPermissionState } from '@/components/ui/states';
import { type PageContext, requirePageContext } from '@/lib/auth/require-page-context';
import { reachOf } from '@/lib/domain/people/permission';
import { requestKinds } from '@/lib/domain/requests/request';
import { AppError } from '@/lib/server/errors';
import { getRequestForm } from '@/lib/server/requests/get-request-form';

export const metadata: Metadata = { title: 'Ask for something' };

async function loadForm(context: PageContext, key: unknown) {
  if (key === undefined || key === '') return getRequestForm(context, { keyId: null });
  const keyId = Number(key);
  if (!Number.isInteger(keyId) || keyId <= 0) notFound();
  try {
    return await getRequestForm(context, { keyId });
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}

interface NewRequestRouteProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function NewRequestRoute({ searchParams }: NewRequestRouteProps) {
  const context = await requirePageContext();
  if (reachOf(context.actor.role, 'requests.create') === null) {
    return (
      <PageFrame title="Ask for something">
        <NoPermissionState>Team leads and admins ask for limits and keys.</NoPermissionState>
      </PageFrame>
    );
  }
  const { key, kind } = await searchParams;
  const form = await loadForm(context, key);
  const asked = requestKinds.find((one) => one === kind) ?? (form.key?.isDisabled ? 'enable_key' : 'limit');
  return (
    <PageFrame
      title={form.key ? `Ask for more: ${form.key.name}` : 'Ask for something'}
      breadcrumb={<Link href="/requests">Requests</Link>}
    >
      <RequestForm
        key={form.key?.id ?? 'none'}
        form={form}
        initial={emptyDraft(form, asked)}
        requestId={null}
      />
    </PageFrame>
  );
}

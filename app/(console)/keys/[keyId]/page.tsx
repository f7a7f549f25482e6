import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { SearchParams } from 'nuqs/server';
import { cache } from 'react';
import { preload } from 'react-dom';
import { z } from 'zod';
import { KeyDriftBanner } from '@/components/drift/key-drift-banner';
import { HandOverList } from '@/components/hand-over/hand-over-list';
import { KeyPage } from '@/components/keys/detail/key-page';
import { loadUsageParams, usageRangeOf } from '@/components/keys/detail/usage-params';
import { PageFrame } from '@/components/layout/page-frame';
import { KeyRaisesBanner } from '@/components/raises/key-raises-banner';
import { NoPermissionState } from '@/components/ui/states';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { type Permission, reachOf } from '@/lib/domain/people/permission';
import { utcDayOf } from '@/lib/domain/periods/utc-day';
import { listKeyDrift } from '@/lib/server/drift/list-drift';
import { AppError } from '@/lib/server/errors';
import { listHandOvers } from '@/lib/server/hand-over/list-hand-overs';
import { getKeyDetail } from '@/lib/server/keys/get-key-detail';
import { getKeyRaises } from '@/lib/server/raises/get-key-raises';
import { getKeyRotation } from '@/lib/server/rotation/get-key-rotation';

const idSchema = z.coerce.number().int().positive().max(2_147_483_647);

interface KeyRouteProps {
  params: Promise<{ keyId: string }>;
  searchParams: Promise<SearchParams>;
}

/** Read once for the title and the page. */
const loadDetail = cache(async (text: string) => {
  const context = await requirePageContext();
  const keyId = idSchema.safeParse(text);
  if (!keyId.success) notFound();
  try {
    return { keyId: keyId.data, detail: await getKeyDetail(context, { keyId: keyId.data }) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
});

async function may(permission: Permission): Promise<boolean> {
  const { actor } = await requirePageContext();
  return reachOf(actor.role, permission) !== null;
}

export async function generateMetadata({ params }: KeyRouteProps): Promise<Metadata> {
  if (!(await may('keys.read'))) return { title: 'Key' };
  const { detail } = await loadDetail((await params).keyId);
  return { title: detail.table.columns.name[0] ?? 'Key' };
}

export default async function KeyRoute({ params, searchParams }: KeyRouteProps) {
  if (!(await may('keys.read'))) {
    return (
      <PageFrame title="Key">
        <NoPermissionState>Ask an admin which keys you may see.</NoPermissionState>
      </PageFrame>
    );
  }
  const { keyId, detail } = await loadDetail((await params).keyId);
  const today = utcDayOf(new Date(detail.table.asOf));
  const chosen = await loadUsageParams(searchParams);
  const { from, to } = usageRangeOf(chosen, today);
  const rotation = await getKeyRotation(await requirePageContext(), { keyId });
  const line = rotation.line.length > 1 && chosen.of === null ? '&line=1' : '';
  // The chart's days travel while the page's code does.
  preload(`/api/keys/${keyId}/usage?from=${from}&to=${to}${line}`, { as: 'fetch', crossOrigin: 'anonymous' });
  return (
    <KeyPage
      keyId={keyId}
      initial={detail}
      rotation={rotation}
      can={{
        update: await may('keys.update'),
        delete: await may('keys.delete'),
        assign: await may('keys.assign'),
        ask: await may('requests.create'),
        readAudit: await may('audit.read'),
        readConnections: await may('connections.read'),
      }}
      banners={
        <>
          <KeyRaisesBanner
            keyId={keyId}
            keyName={detail.table.columns.name[0] ?? ''}
            initial={await getKeyRaises(await requirePageContext(), { keyId })}
            canUpdate={await may('keys.update')}
            now={Date.parse(detail.table.asOf)}
          />
          <KeyDriftBanner
            keyId={keyId}
            initial={await listKeyDrift(await requirePageContext(), { keyId })}
            now={Date.parse(detail.table.asOf)}
          />
        </>
      }
      aside={
        <HandOverList
          keyId={keyId}
          initial={await listHandOvers(await requirePageContext(), { keyId })}
          canWithdraw={await may('keys.update')}
          now={Date.parse(detail.table.asOf)}
        />
      }
    />
  );
}

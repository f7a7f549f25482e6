import type { Metadata } from 'next';
import { preload } from 'react-dom';
import { KeysPage } from '@/components/keys/table/keys-page';
import { PageFrame } from '@/components/layout/page-frame';
import { NoPermissionState } from '@/components/ui/states';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { DEFAULT_KEY_COLUMNS } from '@/lib/domain/keys/key-columns';
import { type Permission, reachOf } from '@/lib/domain/people/permission';
import { getPreferences } from '@/lib/server/people/get-preferences';
import { listViews } from '@/lib/server/views/list-views';

export const metadata: Metadata = { title: 'Keys' };

export default async function KeysRoute() {
  const context = await requirePageContext();
  const may = (permission: Permission) => reachOf(context.actor.role, permission) !== null;
  if (!may('keys.read')) {
    return (
      <PageFrame title="Keys">
        <NoPermissionState>Ask an admin which keys you may see.</NoPermissionState>
      </PageFrame>
    );
  }
  // The rows travel while the page's code does.
  preload('/api/keys', { as: 'fetch', crossOrigin: 'anonymous' });
  const { tables } = await getPreferences(context);
  const views = await listViews(context, { page: 'keys' });
  return (
    <KeysPage
      can={{
        update: may('keys.update'),
        create: may('keys.create'),
        delete: may('keys.delete'),
        assign: may('keys.assign'),
        export: may('keys.export'),
        connect: may('connections.write'),
      }}
      preference={tables.keys ?? DEFAULT_KEY_COLUMNS}
      views={views}
    />
  );
}

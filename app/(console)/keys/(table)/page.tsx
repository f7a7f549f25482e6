import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { preload } from 'react-dom';
import { KeysPage } from '@/components/keys/table/keys-page';
import { PageFrame } from '@/components/layout/page-frame';
import { NoPermissionState } from '@/components/ui/states';
import { requirePageContext } from '@/lib/auth/require-page-context';
import { canListFirst, firstKeysPath, writeKeysQuery } from '@/lib/domain/keys/first-keys';
import { DEFAULT_KEY_COLUMNS } from '@/lib/domain/keys/key-columns';
import { parseKeyFilters } from '@/lib/domain/keys/key-filters';
import { parseKeySort } from '@/lib/domain/keys/key-sort';
import { type Permission, reachOf } from '@/lib/domain/people/permission';
import { hasManyKeys } from '@/lib/server/keys/list-first-keys';
import { getPreferences } from '@/lib/server/people/get-preferences';
import { listViews } from '@/lib/server/views/list-views';

export const metadata: Metadata = { title: 'Keys' };

const KEYS_PATH = '/api/keys';

/** Where the page asks for its rows at first. */
async function firstPath(searchParams: Promise<SearchParams>): Promise<string> {
  const asked = await searchParams;
  const textOf = (name: string) => {
    const value = asked[name];
    return typeof value === 'string' ? value : null;
  };
  const filters = parseKeyFilters(textOf);
  const sort = parseKeySort(textOf('sort'));
  return canListFirst(filters, sort) ? firstKeysPath(writeKeysQuery(filters, sort)) : KEYS_PATH;
}

interface KeysRouteProps {
  searchParams: Promise<SearchParams>;
}

export default async function KeysRoute({ searchParams }: KeysRouteProps) {
  const context = await requirePageContext();
  const may = (permission: Permission) => reachOf(context.actor.role, permission) !== null;
  if (!may('keys.read')) {
    return (
      <PageFrame title="Keys">
        <NoPermissionState>Ask an admin which keys you may see.</NoPermissionState>
      </PageFrame>
    );
  }
  const hasMany = await hasManyKeys(context);
  // The rows travel while the page's code does.
  preload(hasMany ? await firstPath(searchParams) : KEYS_PATH, { as: 'fetch', crossOrigin: 'anonymous' });
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
      hasMany={hasMany}
    />
  );
}

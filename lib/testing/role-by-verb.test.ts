import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Database } from '@/lib/db/client';
import { bulkPermission, startBulkRunSchema } from '@/lib/domain/bulk/bulk-action';
import { permissions, permissionTable, reachOf } from '@/lib/domain/people/permission';
import { roleSchema } from '@/lib/domain/people/role-schema';
import { previewBulk } from '@/lib/server/bulk/preview-bulk';
import { startBulkRun } from '@/lib/server/bulk/start-bulk-run';
import type { ServerContext } from '@/lib/server/context';
import { testActor } from './context';
import { findVerbs } from './verbs';

const serverRoot = resolve(import.meta.dirname, '../server');
const verbs = findVerbs();

/** Stands for whatever a denied verb must not reach: the database, providers, the clock. */
function untouchable(what: string): never {
  throw new Error(`${what} was touched before the permission was checked`);
}

const closed = <T extends object>(what: string) =>
  new Proxy(Object.create(null) as T, { get: () => untouchable(what) });

function deniedContext(role: (typeof roleSchema.options)[number]): ServerContext {
  return {
    actor: testActor(role, [1]),
    db: closed<Database>('the database'),
    now: () => untouchable('the clock'),
    requestId: 'denied',
    providers: closed<ServerContext['providers']>('a provider'),
  };
}

const cells = verbs.flatMap((verb) =>
  roleSchema.options
    .filter((role) => reachOf(role, verb.permission) === null)
    .map((role) => ({ ...verb, role })),
);

describe('role by verb', () => {
  it('finds the verbs that the product has', () => {
    expect(verbs.length).toBeGreaterThan(50);
    expect(verbs.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['createKey', 'deleteKey', 'createConnection', 'getOverview', 'inviteMember']),
    );
    expect(verbs.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'getBulkRun',
        'pauseBulkRun',
        'retryBulkRun',
        'undoBulkRun',
        'decideLostCreate',
      ]),
    );
  });

  it('has a verb behind every permission that is not the person’s own business', () => {
    const used = new Set(verbs.map(({ permission }) => permission));
    expect(permissions.filter((permission) => !used.has(permission))).toEqual([]);
  });

  it('grants a finance reviewer and a lead nothing that changes a key, a connection, a team or a person', () => {
    const writes = permissions.filter((permission) =>
      /^(keys\.(create|update|delete|assign)|connections\.write|teams\.write|members\.write)$/.test(
        permission,
      ),
    );
    expect(writes).toHaveLength(7);
    for (const write of writes) expect(Object.keys(permissionTable[write])).toEqual(['admin']);
  });

  it.each(cells)('$name is denied to $role before it touches anything', async ({ file, name, role }) => {
    const module: Record<string, unknown> = await import(/* @vite-ignore */ join(serverRoot, file));
    const verb = module[name];
    if (typeof verb !== 'function') throw new Error(`${file} exports no function ${name}`);
    const attempt = Promise.resolve().then(() => verb(deniedContext(role), {}));
    await expect(attempt).rejects.toMatchObject({ code: 'forbidden' });
  });

  const kinds = ['set_limit', 'disable', 'enable', 'assign', 'delete'] as const;
  const bulkCells = kinds.flatMap((kind) =>
    roleSchema.options
      .filter((role) => reachOf(role, bulkPermission(kind)) === null)
      .map((role) => ({ kind, role })),
  );

  it.each(bulkCells)(
    'many keys: $kind is denied to $role before it touches anything',
    async ({ kind, role }) => {
      const action = kind === 'set_limit' ? { kind, rule: { by: 'percent', percent: -20 } } : { kind };
      const input = startBulkRunSchema.parse({ keyIds: [1], action, digest: 'seen' });
      for (const verb of [previewBulk, startBulkRun]) {
        await expect(verb(deniedContext(role), input)).rejects.toMatchObject({ code: 'forbidden' });
      }
    },
  );
});

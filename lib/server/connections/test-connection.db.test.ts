import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import type { Database } from '@/lib/db/client';
import { connectionSecrets, connections } from '@/lib/db/schema';
import { injectFault, startVendor, type TestEmulator } from '@/lib/testing/connected';
import { createTestContext, testActor } from '@/lib/testing/context';
import { testWithDatabase as test } from '@/lib/testing/database';
import { countAudit } from '@/lib/testing/people';
import { createProviderGateway } from './provider-gateway';
import { testConnection } from './test-connection';

let openRouter: TestEmulator;
let requesty: TestEmulator;
let classic: TestEmulator;

beforeAll(async () => {
  openRouter = await startVendor('openrouter');
  requesty = await startVendor('requesty');
  classic = await startVendor('requesty-classic');
});
afterEach(async () => {
  await fetch(`${openRouter.controlUrl}/faults`, { method: 'DELETE' });
});
afterAll(async () => {
  for (const emulator of [openRouter, requesty, classic]) await emulator.close();
});

const inputOf = (provider: 'openrouter' | 'requesty', { url, managementKey }: TestEmulator) => ({
  provider,
  baseUrl: url,
  managementKey,
});

describe('a test', () => {
  test('reports account, keys, balance, rights and generation, and stores nothing', async ({ db }) => {
    const context = createTestContext(db, { actor: testActor('admin') });
    const report = await testConnection(context, inputOf('openrouter', openRouter));
    expect(report).toMatchObject({ generation: 'current', capabilities: { containers: 'workspace' } });
    expect(report.keyCount).toBeGreaterThanOrEqual(6);
    expect(report.containerCount).toBeGreaterThan(0);
    expect(report.balance).toMatch(/^\d/);
    expect(report.rights.map(({ isPresent }) => isPresent)).toEqual(report.rights.map(() => true));
    expect(await db.select().from(connections)).toEqual([]);
    expect(await db.select().from(connectionSecrets)).toEqual([]);
    expect(await countAudit(db)).toBe(0);
  });

  test('tells the two generations of one vendor apart', async ({ db }) => {
    const context = createTestContext(db);
    const current = await testConnection(context, inputOf('requesty', requesty));
    const old = await testConnection(context, inputOf('requesty', classic));
    expect([current.generation, old.generation]).toEqual(['current', 'classic']);
    expect([current.capabilities.labels.can, old.capabilities.labels.can]).toEqual([true, false]);
  });

  test.for(['finance', 'lead'] as const)('is denied to %s', async (role, { db }) => {
    const context = createTestContext(db, { actor: testActor(role) });
    await expect(testConnection(context, inputOf('openrouter', openRouter))).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  test('asks no address whose name leads to this machine or a private network, told beside its field', async ({
    db,
  }) => {
    const addresses = [
      '127.0.0.1',
      '10.1.2.3',
      '169.254.169.254',
      'fd00::1',
      '::ffff:127.0.0.1',
      '64:ff9b::a00:1',
    ];
    for (const address of addresses) {
      const context = createTestContext(db, { providers: strictGateway(db, [address]) });
      await expect(
        testConnection(context, {
          ...inputOf('openrouter', openRouter),
          baseUrl: 'https://gateway.example.com',
        }),
      ).rejects.toMatchObject({
        code: 'invalid',
        fieldErrors: {
          baseUrl: [expect.stringMatching(/^gateway\.example\.com leads to (this machine|a private)/)],
        },
      });
    }
  });

  test('connects to no address that changed after it was looked at', async ({ db }) => {
    const callsBefore = await callCount();
    const { port } = new URL(openRouter.url);
    const context = createTestContext(db, { providers: strictGateway(db, ['8.8.8.8', '127.0.0.1']) });
    const baseUrl = `https://rebind.example.com:${port}/api/v1`;
    await expect(
      testConnection(context, { ...inputOf('openrouter', openRouter), baseUrl }),
    ).rejects.toMatchObject({ code: 'provider_unavailable' });
    expect(await callCount()).toBe(callsBefore);
  });

  test('asks no address that is not accepted', async ({ db }) => {
    const context = createTestContext(db, {
      providers: createProviderGateway({
        db,
        masterKey: Buffer.alloc(32),
        isPrivateAllowed: false,
        callsPerMinute: null,
        now: () => new Date(),
      }),
    });
    const callsBefore = await callCount();
    for (const baseUrl of [openRouter.url, 'http://openrouter.ai', 'https://me:secret@openrouter.ai']) {
      await expect(
        testConnection(context, { ...inputOf('openrouter', openRouter), baseUrl }),
      ).rejects.toMatchObject({ code: 'invalid', fieldErrors: { baseUrl: [expect.any(String)] } });
    }
    expect(await callCount()).toBe(callsBefore);
  });
});

/** Private targets are not allowed; each look-up of a name gets the next address, the last one for good. */
function strictGateway(db: Database, addresses: readonly string[]) {
  let asked = 0;
  return createProviderGateway({
    db,
    masterKey: Buffer.alloc(32),
    isPrivateAllowed: false,
    callsPerMinute: null,
    now: () => new Date(),
    resolve: async () => {
      const address = addresses[Math.min(asked, addresses.length - 1)] ?? '';
      asked += 1;
      return [{ address, family: address.includes(':') ? 6 : 4 }];
    },
  });
}

async function callCount(): Promise<number> {
  const response = await fetch(`${openRouter.controlUrl}/calls`);
  const { calls } = (await response.json()) as { calls: unknown[] };
  return calls.length;
}

const ANY_READ = { route: 'GET /api/v1/*', times: 20 };

describe('a fault of the provider', () => {
  const faults = [
    ['an unknown key', { status: 401 }, 'provider_refused', 'managementKey'],
    ['a key that may not', { status: 403 }, 'provider_refused', 'managementKey'],
    ['another address', { status: 404 }, 'provider_refused', 'baseUrl'],
    [
      'a page instead of an API',
      { html: '<html>hello</html>', status: 200 },
      'provider_unavailable',
      'baseUrl',
    ],
    ['a dropped connection', { drop: 'before' }, 'provider_unavailable', 'baseUrl'],
    ['an outage', { status: 503 }, 'provider_unavailable', 'baseUrl'],
    ['a pause', { status: 429, retryAfter: 0 }, 'provider_unavailable', null],
  ] as const;

  test.for(faults)('such as %s is told where it can be mended', async ([, fault, code, field], { db }) => {
    await injectFault(openRouter, { ...ANY_READ, ...fault });
    const input = inputOf('openrouter', openRouter);
    const error = await testConnection(createTestContext(db), input).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code });
    const fieldErrors = (error as { fieldErrors?: Record<string, unknown> }).fieldErrors ?? {};
    expect(Object.keys(fieldErrors)).toEqual(field === null ? [] : [field]);
    expect(JSON.stringify([error, String(error), fieldErrors])).not.toContain(input.managementKey);
  });

  test('is an address that nothing listens at', async ({ db }) => {
    const input = { ...inputOf('openrouter', openRouter), baseUrl: 'http://127.0.0.1:1' };
    await expect(testConnection(createTestContext(db), input)).rejects.toMatchObject({
      code: 'provider_unavailable',
      fieldErrors: { baseUrl: ['OpenRouter could not be reached.'] },
    });
  });
});

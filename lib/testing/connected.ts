import type { Database } from '@/lib/db/client';
import { connectionSecrets, connections } from '@/lib/db/schema';
import { startOpenRouterEmulator } from '@/lib/emulators/openrouter';
import { startRequestyEmulator } from '@/lib/emulators/requesty';
import { createConnection } from '@/lib/server/connections/create-connection';
import type { ServerContext } from '@/lib/server/context';
import { createTestContext } from './context';

/** What a test steers of an emulator, whichever it is. */
export type TestEmulator = {
  readonly url: string;
  readonly controlUrl: string;
  readonly managementKey: string;
  readonly close: () => Promise<void>;
};

export type TestVendor = 'openrouter' | 'requesty' | 'requesty-classic';

/** Starts a small emulator on a free port of the loopback interface. */
export async function startVendor(vendor: TestVendor, keys = 6): Promise<TestEmulator> {
  const options = { port: 0, keys, seed: 7, historyDays: 10 };
  if (vendor === 'openrouter') return startOpenRouterEmulator(options);
  const requesty = await startRequestyEmulator(options);
  return vendor === 'requesty' ? requesty : { ...requesty, url: requesty.classicUrl };
}

/** Connects the database to an emulator through the product's own verb. */
export async function connectVendor(db: Database, vendor: TestVendor, emulator: TestEmulator) {
  const context = createTestContext(db);
  const { connectionId } = await createConnection(context, {
    provider: vendor === 'openrouter' ? 'openrouter' : 'requesty',
    name: `Test ${vendor}`,
    baseUrl: emulator.url,
    managementKey: emulator.managementKey,
  });
  return { context, connectionId };
}

/** The same world for another actor: providers and their stored keys stay. */
export function as(context: ServerContext, actor: ServerContext['actor']): ServerContext {
  return { ...context, actor };
}

/** Makes an emulator misbehave for its next calls of a route. */
export async function injectFault(emulator: TestEmulator, fault: Record<string, unknown>): Promise<void> {
  const response = await fetch(`${emulator.controlUrl}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  });
  if (!response.ok) throw new Error(`the emulator refused a fault: ${await response.text()}`);
}

/** A change made at the provider's own console. */
export async function changeOutside(emulator: TestEmulator, change: Record<string, unknown>): Promise<void> {
  const response = await fetch(`${emulator.controlUrl}/outside`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  });
  if (!response.ok) throw new Error(`the emulator refused a change: ${await response.text()}`);
}

/** Every text that the database holds, for looking whether a secret is among it. */
export async function textOfTables(db: Database): Promise<string> {
  const parts = [await db.select().from(connections), await db.select().from(connectionSecrets)];
  const { rows } = await db.execute<{ text: string }>(
    `select coalesce(string_agg(row_to_json(c)::text, ''), '') as text from changes c
     union all select coalesce(string_agg(row_to_json(a)::text, ''), '') from audit_events a
     union all select coalesce(string_agg(row_to_json(k)::text, ''), '') from keys k`,
  );
  return JSON.stringify(parts) + rows.map((row) => row.text).join('');
}

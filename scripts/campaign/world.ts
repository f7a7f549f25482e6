import { fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { reads } from '@/lib/db/schema';
import { createConnection } from '@/lib/server/connections/create-connection';
import { createProviderGateway } from '@/lib/server/connections/provider-gateway';
import type { ServerContext } from '@/lib/server/context';
import { inRoot } from '../lib/paths.mjs';
import { openClocks } from './clock';
import { Instance } from './instance';
import { openPlace, type Place } from './place';
import type { Settings } from './settings';
import { insertSociety, type Society, shareKeys } from './society';
import { Tally } from './tally';
import { openVendor, type Vendor, type VendorAddress } from './vendor';

type Pace = {
  readonly emulators: string;
  readonly callTimeoutMs: number;
  readonly readEverySeconds: number;
  readonly haste: number;
};

/** Time runs fast in a campaign, so that many rounds fit into minutes. */
const campaignPace: Pace = {
  emulators: 'scripts/campaign/emulators.ts',
  callTimeoutMs: 1_000,
  readEverySeconds: 6,
  haste: 6,
};

const FIRST_READS_WITHIN_MS = 600_000;

export type WorldVendor = Vendor & { readonly connectionId: number };

/** Everything that a campaign plays with. */
export type World = Society & {
  readonly place: Place;
  readonly vendors: readonly WorldVendor[];
  readonly instances: readonly Instance[];
  readonly tally: Tally;
  /** Keyward's own view of the database, for checks. */
  readonly context: ServerContext;
  /** How far the clocks of Keyward and of the providers went ahead together, in milliseconds. */
  aheadMs: number;
  /** Sets the clocks of all instances, or of one, so many milliseconds ahead of the wall. */
  readonly setClocks: ReturnType<typeof openClocks>;
  /** Secrets that someone truly saw. */
  readonly seenSecrets: Set<string>;
  /** Links to secrets on their way: hand-over id to the key in the link. */
  readonly links: Map<string, string>;
  /** Requests whose new key's secret was picked up. */
  readonly collected: Set<string>;
  readonly now: () => Date;
  end(): Promise<void>;
};

function startEmulators(file: string): Promise<{ addresses: VendorAddress[]; end: () => void }> {
  const child = fork(inRoot(file), { execArgv: ['--import', 'tsx'] });
  return new Promise((resolve, reject) => {
    child.once('message', (message) => {
      // Its own shape, from the process that this one started.
      resolve({ addresses: message as VendorAddress[], end: () => child.kill('SIGKILL') });
    });
    child.once('exit', () => reject(new Error('the emulators ended')));
  });
}

function contextOver(place: Place, masterKey: Buffer, now: () => Date): ServerContext {
  const { db } = place;
  return {
    actor: { kind: 'system', name: 'Campaign' },
    db,
    now,
    requestId: randomUUID(),
    providers: createProviderGateway({ db, masterKey, isPrivateAllowed: true, callsPerMinute: null, now }),
  };
}

type Opened = { readonly pace: Pace; readonly folder: string };

function openInstances(place: Place, masterKey: Buffer, { pace, folder }: Opened) {
  const order = {
    databaseUrl: place.url,
    databaseKind: place.kind,
    masterKey: masterKey.toString('base64'),
    callTimeoutMs: pace.callTimeoutMs,
    readEverySeconds: pace.readEverySeconds,
    callsPerMinute: null,
    haste: pace.haste,
    clockFile: join(folder, 'clocks'),
  };
  const names = place.kind === 'server' ? ['keyward-1', 'keyward-2'] : ['keyward-1'];
  const setClocks = openClocks(order.clockFile, names.length);
  const instances = names.map((name, clockIndex) => new Instance(name, { ...order, clockIndex }, folder));
  return { instances, setClocks };
}

/** The database, the emulated providers, people, connections and the running instances, each connection read once. */
export async function createWorld(settings: Settings, pace: Pace = campaignPace): Promise<World> {
  const place = await openPlace(settings.databaseUrl, settings.folder);
  const emulators = await startEmulators(pace.emulators);
  const masterKey = randomBytes(32);
  const clock = { aheadMs: 0 };
  const now = () => new Date(Date.now() + clock.aheadMs);
  const context = contextOver(place, masterKey, now);
  const society = await insertSociety(place);
  const vendors: WorldVendor[] = [];
  for (const address of emulators.addresses) {
    const { name, provider, url: baseUrl, managementKey } = address;
    const { connectionId } = await createConnection(context, { provider, name, baseUrl, managementKey });
    vendors.push({ ...openVendor(address), connectionId });
  }
  const { instances, setClocks } = openInstances(place, masterKey, { pace, folder: settings.folder });
  const world: World = {
    place,
    vendors,
    instances,
    ...society,
    tally: new Tally(),
    context,
    get aheadMs() {
      return clock.aheadMs;
    },
    set aheadMs(ms) {
      clock.aheadMs = ms;
    },
    setClocks,
    seenSecrets: new Set(),
    links: new Map(),
    collected: new Set(),
    now,
    async end() {
      for (const instance of instances) instance.end();
      emulators.end();
      await place.close();
    },
  };
  for (const instance of instances) await instance.start();
  await waitForFirstReads(world);
  await shareKeys(world);
  return world;
}

async function waitForFirstReads(world: World): Promise<void> {
  const until = Date.now() + FIRST_READS_WITHIN_MS;
  while (Date.now() < until) {
    const rows = await world.place.db.select().from(reads);
    const done = rows.filter(({ kind, state }) => kind === 'keys' && state === 'complete');
    if (new Set(done.map(({ connectionId }) => connectionId)).size === world.vendors.length) return;
    await sleep(100);
  }
  throw new Error('the connections were not read within ten minutes');
}

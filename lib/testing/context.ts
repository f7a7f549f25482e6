import { randomBytes, randomUUID } from 'node:crypto';
import type { Database } from '@/lib/db/client';
import type { Actor, UserActor } from '@/lib/domain/people/actor';
import type { Role } from '@/lib/domain/people/role';
import type { Provider } from '@/lib/providers/port';
import { createProviderGateway, type ProviderGateway } from '@/lib/server/connections/provider-gateway';
import type { ServerContext } from '@/lib/server/context';
import type { Messaging } from '@/lib/server/notifications/messaging';

export type TestContextOptions = {
  /** Acts as a job unless given. */
  readonly actor?: Actor | undefined;
  /** A moment that stands still, or a clock; the real one unless given. */
  readonly now?: Date | (() => Date) | undefined;
  /** Answers for every connection; unless given, connections open their real adapters (loopback allowed). */
  readonly provider?: Provider | undefined;
  readonly providers?: ProviderGateway | undefined;
  /** Unless given, mail is set, to a server that nobody runs. */
  readonly messaging?: Messaging | undefined;
};

const testMessaging: Messaging = {
  publicUrl: 'https://keyward.example.com',
  mail: { smtpUrl: 'smtp://127.0.0.1:9', from: 'Keyward <keyward@example.com>' },
};

const masterKey = randomBytes(32);

/** A person of a role; leads reach `teamIds`. The id belongs to no row: use `actorOf` with a stored user. */
export function testActor(role: Role, teamIds: readonly number[] = []): UserActor {
  return {
    kind: 'user',
    id: randomUUID(),
    name: `Test ${role}`,
    email: `${role}@example.com`,
    role,
    teamIds,
  };
}

/** The actor that a stored user is. */
export function actorOf(
  user: { readonly id: string; readonly name: string; readonly email: string; readonly role: Role },
  teamIds: readonly number[] = [],
): UserActor {
  return { kind: 'user', id: user.id, name: user.name, email: user.email, role: user.role, teamIds };
}

/** A clock for tests that only moves when told to. */
export function createTestClock(start: string): { now: () => Date; set: (to: string) => void } {
  let current = new Date(start);
  return {
    now: () => new Date(current),
    set: (to) => {
      current = new Date(to);
    },
  };
}

/** A server context over a test's database. */
export function createTestContext(db: Database, options: TestContextOptions = {}): ServerContext {
  const given = options.now ?? (() => new Date());
  const now = typeof given === 'function' ? given : () => given;
  const { provider } = options;
  const gateway =
    options.providers ??
    createProviderGateway({ db, masterKey, isPrivateAllowed: true, callsPerMinute: null, now });
  return {
    actor: options.actor ?? { kind: 'system', name: 'Test' },
    db,
    now,
    requestId: randomUUID(),
    messaging: options.messaging ?? testMessaging,
    providers: provider ? { ...gateway, open: async () => provider, try: () => provider } : gateway,
  };
}

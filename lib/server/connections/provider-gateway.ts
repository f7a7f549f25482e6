import 'server-only';
import { eq } from 'drizzle-orm';
import type { Database } from '@/lib/db/client';
import { connectionSecrets, type connections } from '@/lib/db/schema';
import { type Generation, type ProviderKind, providerWords } from '@/lib/domain/connections/provider-kind';
import type { Provider, RateLimiter } from '@/lib/providers/port';
import { createRateLimiter } from '@/lib/providers/rate-limiter';
import { openProvider } from '@/lib/providers/registry';
import { createOutbound, type Outbound, type Resolve } from '@/lib/utils/outbound';
import { openSecret } from '@/lib/utils/secret-box';
import { AppError } from '../errors';

export type ConnectionRow = typeof connections.$inferSelect;

export type ProviderCandidate = {
  readonly provider: ProviderKind;
  readonly baseUrl: string;
  readonly managementKey: string;
  readonly generation?: Generation | undefined;
};

/** The way from a stored connection to its provider. */
export type ProviderGateway = {
  /** Opens a stored connection; throws `internal` when its key cannot be decrypted. */
  open(connection: ConnectionRow): Promise<Provider>;
  /** Opens what a person typed, before anything is stored. */
  try(candidate: ProviderCandidate): Provider;
  readonly masterKey: Buffer;
  /** The way to addresses that people typed: connections and webhooks alike. */
  readonly outbound: Outbound;
};

export type GatewayOptions = {
  readonly db: Database;
  readonly masterKey: Buffer;
  /** Whether calls may reach this machine and private networks. */
  readonly isPrivateAllowed: boolean;
  /** Resolves the names of hosts; the system's resolver unless given. */
  readonly resolve?: Resolve | undefined;
  readonly callsPerMinute: number | null;
  readonly now: () => Date;
  readonly timeoutMs?: number | undefined;
};

/** What a connection's sealed key is bound to: a row copied to another connection does not open. */
export function secretBinding(connectionId: number): string {
  return `connection:${connectionId}`;
}

export function createProviderGateway(options: GatewayOptions): ProviderGateway {
  const limiters = new Map<string, RateLimiter>();
  const limiterFor = (name: string): RateLimiter => {
    const known = limiters.get(name);
    if (known) return known;
    const limiter = createRateLimiter({ callsPerMinute: options.callsPerMinute, maxInFlight: 8 });
    limiters.set(name, limiter);
    return limiter;
  };
  const { now, timeoutMs, isPrivateAllowed, resolve } = options;
  const outbound = createOutbound({ isPrivateAllowed, resolve });
  const { fetch } = outbound;
  return {
    masterKey: options.masterKey,
    outbound,
    async open(connection) {
      const [row] = await options.db
        .select()
        .from(connectionSecrets)
        .where(eq(connectionSecrets.connectionId, connection.id));
      if (!row) {
        throw new AppError('conflict', `${connection.name} has no management key any more. Set a new one.`);
      }
      const managementKey = openSecret(options.masterKey, row.sealed, secretBinding(connection.id));
      return openProvider(connection.provider, {
        baseUrl: connection.baseUrl,
        managementKey,
        generation: connection.generation,
        rateLimiter: limiterFor(`connection:${connection.id}`),
        now,
        timeoutMs,
        fetch,
      });
    },
    try(candidate) {
      return openProvider(candidate.provider, {
        baseUrl: candidate.baseUrl || providerWords[candidate.provider].defaultBaseUrl,
        managementKey: candidate.managementKey,
        generation: candidate.generation,
        rateLimiter: limiterFor('candidate'),
        now,
        timeoutMs,
        fetch,
      });
    },
  };
}

import 'server-only';
import { randomUUID } from 'node:crypto';
import { getDatabase } from '@/lib/db/client';
import type { Actor } from '@/lib/domain/people/actor';
import { getEnv } from '@/lib/env';
import { createProviderGateway, type ProviderGateway } from './connections/provider-gateway';
import type { ServerContext } from './context';

const shared = globalThis as typeof globalThis & { keywardProviders?: ProviderGateway };

function now(): Date {
  return new Date();
}

function getProviders(): ProviderGateway {
  if (shared.keywardProviders) return shared.keywardProviders;
  const env = getEnv();
  shared.keywardProviders = createProviderGateway({
    db: getDatabase(),
    masterKey: env.masterKey,
    isPrivateAllowed: env.allowPrivateTargets,
    callsPerMinute: env.providerCallsPerMinute,
    now,
  });
  return shared.keywardProviders;
}

/** The context of the running product for one actor and one request. */
export function createServerContext(actor: Actor, requestId: string = randomUUID()): ServerContext {
  const { publicUrl, mail } = getEnv();
  const messaging = { publicUrl, mail };
  return { actor, db: getDatabase(), now, requestId, providers: getProviders(), messaging };
}

import 'server-only';
import type { Generation } from '@/lib/domain/connections/provider-kind';
import type { ProviderKey } from '@/lib/domain/keys/provider-key';
import { createHttpClient, type HttpClient } from '../http/http-client';
import { type HttpRequest, segment } from '../http/request';
import type {
  CallOptions,
  Provider,
  ProviderConfig,
  ProviderKeyPatch,
  ProviderReads,
  ProviderWrites,
} from '../port';
import { ProviderError } from '../provider-error';
import { refuseUnsupportedKey, refuseUnsupportedPatch } from '../refuse-unsupported';
import { inspect, readMembers, readOrganization, readOwnKey } from './account';
import { requestyBaseUrl } from './base-url';
import { readBudgets } from './budgets';
import { requestyCapabilities } from './capabilities';
import { readClassicUsage } from './classic-usage';
import { readInventory, readKeyRows } from './inventory';
import { writeLimit } from './limit-wire';
import { toCreateBody, toKey } from './mapper';
import { countRequests } from './recent-usage';
import { readCurrentUsage } from './usage';
import { createdKeySchema, keyRowSchema } from './wire';

export { requestyCapabilities } from './capabilities';

/** Speaks the current generation until `inspect` has found out which one it is. */
export function createRequestyProvider(config: ProviderConfig): Provider {
  const client = createHttpClient({ config, baseUrl: requestyBaseUrl(config.baseUrl) });
  const generation = config.generation ?? 'current';
  return {
    capabilities: requestyCapabilities[generation],
    reads: createReads(client, config, generation),
    writes: createWrites(client, generation),
  };
}

function createReads(client: HttpClient, config: ProviderConfig, generation: Generation): ProviderReads {
  const readUsage = generation === 'classic' ? readClassicUsage : readCurrentUsage;
  return {
    inspect: (options = {}) => inspect(client, config.now(), options),
    listKeys: (options = {}) => readInventory(client, generation, options),
    getKey: (externalId, options = {}) =>
      generation === 'classic'
        ? findInList(client, externalId, options)
        : readOne(client, externalId, options),
    async listMembers(options = {}) {
      if (!requestyCapabilities[generation].members.can) {
        throw new ProviderError('unsupported', 'list members');
      }
      return readMembers(client, options);
    },
    getBalance: async (options = {}) => (await readOrganization(client, options)).balance,
    async readBudgets(_, options = {}) {
      if (!requestyCapabilities[generation].budgets.can)
        throw new ProviderError('unsupported', 'read budgets');
      return readBudgets(client, options);
    },
    // The classic generation knows no `self`.
    findOwnKey: async (options = {}) =>
      generation === 'classic' ? null : ((await readOwnKey(client, options))?.externalId ?? null),
    async countRequests(externalId, since, options = {}) {
      if (generation === 'classic') throw new ProviderError('unsupported', 'count requests');
      return countRequests(client, { id: idSegment(externalId), since, now: config.now() }, options);
    },
    readUsage: (window, keyIds, options = {}) =>
      readUsage({ client, window, keyIds, now: config.now(), options }),
  };
}

async function readOne(client: HttpClient, externalId: string, options: CallOptions): Promise<ProviderKey> {
  const path = `/v1/manage/apikey/${idSegment(externalId)}`;
  const row = await client.read({ operation: 'read key', path, schema: keyRowSchema }, options);
  const key = toKey(row, 'detail');
  if (key === null) throw new ProviderError('invalid_response', 'read key');
  return key;
}

/** The classic generation reads no single key: that path answers its usage. */
async function findInList(
  client: HttpClient,
  externalId: string,
  options: CallOptions,
): Promise<ProviderKey> {
  const rows = await readKeyRows(client, options);
  const row = rows.find((each) => keyRowSchema.safeParse(each).data?.id === externalId);
  if (row === undefined) throw new ProviderError('not_found', 'read key');
  const key = toKey(row, 'classic_list');
  if (key === null) throw new ProviderError('invalid_response', 'read key');
  return key;
}

/** `self` is the management key in use, and must never be changed under another key's name. */
function idSegment(externalId: string): string {
  if (externalId === 'self') throw new ProviderError('invalid_request', 'use id');
  return segment(externalId);
}

function createWrites(client: HttpClient, generation: Generation): ProviderWrites {
  const capabilities = requestyCapabilities[generation];
  return {
    async createKey(key, options = {}) {
      refuseUnsupportedKey(key, capabilities);
      const created = await client.writeFor(
        {
          operation: 'create key',
          method: 'POST',
          path: '/v1/manage/apikey',
          body: toCreateBody(key),
          schema: createdKeySchema,
        },
        options,
      );
      return { externalId: created.api_key_id, secret: created.api_key };
    },
    async updateKey(externalId, patch, options = {}) {
      refuseUnsupportedPatch(patch, capabilities);
      await client.write(toUpdate(externalId, patch), options);
    },
    async deleteKey(externalId, options = {}) {
      const path = `/v1/manage/apikey/${idSegment(externalId)}`;
      await client.write({ operation: 'delete key', method: 'DELETE', path }, options);
    },
  };
}

/** Limit, labels and expiry are calls of their own: a change of several would not be one write with one outcome. */
function toUpdate(externalId: string, patch: ProviderKeyPatch): HttpRequest {
  const changes: [call: string, body: unknown][] = [];
  if (patch.limit !== undefined) changes.push(['limit', { monthly_limit: writeLimit(patch.limit.to) }]);
  if (patch.labels !== undefined) changes.push(['label', { labels: patch.labels }]);
  if (patch.expiresAt !== undefined) {
    changes.push(['expiry', { expires_at: patch.expiresAt?.toISOString() ?? null }]);
  }
  const [change] = changes;
  if (change === undefined || changes.length > 1) throw new ProviderError('invalid_request', 'update key');
  const [call, body] = change;
  return {
    operation: `update ${call}`,
    method: 'POST',
    path: `/v1/manage/apikey/${idSegment(externalId)}/${call}`,
    body,
  };
}

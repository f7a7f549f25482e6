import 'server-only';
import { normaliseBaseUrl } from '../http/base-url';
import { createHttpClient, type HttpClient } from '../http/http-client';
import { segment } from '../http/request';
import type { Provider, ProviderConfig, ProviderReads, ProviderWrites } from '../port';
import { ProviderError } from '../provider-error';
import { refuseUnsupportedKey, refuseUnsupportedPatch } from '../refuse-unsupported';
import { inspect, readBalance, readMembers } from './account';
import { createAnalyticsSizing } from './analytics-sizing';
import { readBudgets } from './budgets';
import { openRouterCapabilities } from './capabilities';
import { readInventory } from './inventory';
import { toCreateBody, toKey, toPatchBody } from './mapper';
import { createNameBook } from './name-book';
import { countRequests } from './recent-analytics';
import { readUsage } from './usage';
import { createdKeySchema, deletedSchema, oneKeySchema } from './wire';

export { openRouterCapabilities } from './capabilities';

export function createOpenRouterProvider(config: ProviderConfig): Provider {
  const client = createHttpClient({ config, baseUrl: normaliseBaseUrl(config.baseUrl) });
  return {
    capabilities: openRouterCapabilities,
    reads: createReads(client, config),
    writes: createWrites(client),
  };
}

function createReads(client: HttpClient, config: ProviderConfig): ProviderReads {
  const names = createNameBook(client);
  const sizing = createAnalyticsSizing();
  const pageCounts = new Map<string, number>();
  return {
    inspect: (options = {}) => inspect(client, options),
    async listKeys(options = {}) {
      const inventory = await readInventory(client, options, pageCounts);
      names.learn(inventory.keys);
      return inventory;
    },
    async getKey(externalId, options = {}) {
      const { data } = await client.read(
        { operation: 'read key', path: `/keys/${segment(externalId)}`, schema: oneKeySchema },
        options,
      );
      const key = toKey(data);
      if (key === null) throw new ProviderError('invalid_response', 'read key');
      return key;
    },
    listMembers: (options = {}) => readMembers(client, options),
    getBalance: (options = {}) => readBalance(client, options),
    readBudgets: (workspaceIds, options = {}) => readBudgets(client, workspaceIds, options),
    // Management keys are not among the keys that OpenRouter lists.
    findOwnKey: async () => null,
    countRequests: (externalId, since, options = {}) =>
      countRequests(client, { externalId, since, now: config.now() }, options),
    async readUsage(window, keyExternalIds, options = {}) {
      const keys = await names.of(keyExternalIds, options);
      return readUsage({ client, window, keys, sizing, now: config.now(), options });
    },
  };
}

function createWrites(client: HttpClient): ProviderWrites {
  return {
    async createKey(key, options = {}) {
      refuseUnsupportedKey(key, openRouterCapabilities);
      const created = await client.writeFor(
        {
          operation: 'create key',
          method: 'POST',
          path: '/keys',
          body: toCreateBody(key),
          schema: createdKeySchema,
        },
        options,
      );
      return { externalId: created.data.hash, secret: created.key };
    },
    async updateKey(externalId, patch, options = {}) {
      refuseUnsupportedPatch(patch, openRouterCapabilities);
      await client.write(
        {
          operation: 'update key',
          method: 'PATCH',
          path: `/keys/${segment(externalId)}`,
          body: toPatchBody(patch),
        },
        options,
      );
    },
    async deleteKey(externalId, options = {}) {
      await client.writeFor(
        {
          operation: 'delete key',
          method: 'DELETE',
          path: `/keys/${segment(externalId)}`,
          schema: deletedSchema,
        },
        options,
      );
    },
  };
}

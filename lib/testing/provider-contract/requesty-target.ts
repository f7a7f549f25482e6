import { z } from 'zod';
import type { Generation } from '@/lib/domain/connections/provider-kind';
import { utcDayOf } from '@/lib/domain/periods/utc-day';
import { startRequestyEmulator } from '@/lib/emulators/requesty/index';
import { createRateLimiter } from '@/lib/providers/rate-limiter';
import { createRequestyProvider, requestyCapabilities } from '@/lib/providers/requesty/provider';
import { createOutbound } from '@/lib/utils/outbound';
import { createControl } from './control';
import { CONTRACT_NOW, type ContractTarget, type TrueKey } from './target';

const stateSchema = z.object({
  keys: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      secret: z.string(),
      monthly_limit: z.string(),
      monthly_spend: z.string(),
      permissions: z.unknown(),
      labels: z.record(z.string(), z.string()),
      expires_at: z.string().nullable(),
      deletedAt: z.string().nullable(),
      group_id: z.string().nullable(),
    }),
  ),
});

function toTrueKey(key: z.infer<typeof stateSchema>['keys'][number]): TrueKey {
  return {
    id: key.id,
    name: key.name,
    isDeleted: key.deletedAt !== null,
    isDisabled: false,
    wireLimit: key.monthly_limit,
    wireReset: 'monthly',
    secret: key.secret,
    labels: key.labels,
    expiresAt: key.expires_at,
    containerId: key.group_id,
    permissions: key.permissions,
    includeByok: null,
    monthSpend: key.monthly_spend,
  };
}

export function requestyTarget(generation: Generation): ContractTarget {
  const prefix = generation === 'classic' ? '/classic/v1/manage/apikey' : '/v1/manage/apikey';
  return {
    name: `Requesty (${generation})`,
    capabilities: requestyCapabilities[generation],
    tellsOwnKey: generation === 'current',
    async start({ keys = 12, historyDays = 40 } = {}) {
      const emulator = await startRequestyEmulator({
        port: 0,
        keys,
        historyDays,
        now: CONTRACT_NOW,
        freeze: true,
      });
      const control = createControl(emulator.controlUrl);
      const now = () => emulator.clock.now();
      const baseUrl = generation === 'classic' ? emulator.classicUrl : emulator.url;
      return {
        baseUrl,
        managementKey: emulator.managementKey,
        control,
        routes: {
          readKey: generation === 'classic' ? `GET ${prefix}` : `GET ${prefix}/*`,
          create: `POST ${prefix}`,
          setLimit: `POST ${prefix}/*/limit`,
          remove: `DELETE ${prefix}/*`,
        },
        now,
        today: () => utcDayOf(now()),
        open: (overrides = {}) =>
          createRequestyProvider({
            baseUrl,
            managementKey: emulator.managementKey,
            generation,
            rateLimiter: createRateLimiter({ callsPerMinute: null, maxInFlight: 8 }),
            now,
            fetch: createOutbound({ isPrivateAllowed: true }).fetch,
            ...overrides,
          }),
        trueKeys: async () => stateSchema.parse(await control.state()).keys.map(toTrueKey),
        async makeZeroLimitKey(name) {
          await control.outside({ op: 'create', name, monthly_limit: 0 });
        },
        close: () => emulator.close(),
      };
    },
  };
}

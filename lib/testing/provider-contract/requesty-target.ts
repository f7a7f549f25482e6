import { z } from 'zod';
import type { Generation } from '@/lib/domain/connections/provider-kind';
import { utcDayOf } from '@/lib/domain/periods/utc-day';
import { startRequestyEmulator } from '@/lib/emulators/requesty/index';
import { createRateLimiter } from '@/lib/providers/rate-limiter';
import { createRequestyProvider, requestyCapabilities } from '@/lib/providers/requesty/provider';
import { createControl } from './control';
import { CONTRACT_NOW, type ContractTarget, type TrueKey } from './target';

const stateSchema = z.object({
  keys: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      secret: z.string(),
      monthlyLimit: z.string(),
      monthlySpend: z.string(),
      permissions: z.unknown(),
      labels: z.record(z.string(), z.string()),
      expiresAt: z.string().nullable(),
      deletedAt: z.string().nullable(),
      groupId: z.string().nullable(),
    }),
  ),
});

function toTrueKey(key: z.infer<typeof stateSchema>['keys'][number]): TrueKey {
  return {
    id: key.id,
    name: key.name,
    isDeleted: key.deletedAt !== null,
    isDisabled: false,
    wireLimit: key.monthlyLimit,
    wireReset: 'monthly',
    secret: key.secret,
    labels: key.labels,
    expiresAt: key.expiresAt,
    containerId: key.groupId,
    permissions: key.permissions,
    includeByok: null,
    monthSpend: key.monthlySpend,
  };
}

export function requestyTarget(generation: Generation): ContractTarget {
  const prefix = generation === 'classic' ? '/classic/v1/manage/apikey' : '/v1/manage/apikey';
  return {
    name: `Requesty (${generation})`,
    capabilities: requestyCapabilities[generation],
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
            ...overrides,
          }),
        trueKeys: async () => stateSchema.parse(await control.state()).keys.map(toTrueKey),
        async makeZeroLimitKey(name) {
          await control.outside({ action: 'createKey', name, monthlyLimit: 0 });
        },
        close: () => emulator.close(),
      };
    },
  };
}

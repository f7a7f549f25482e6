import { z } from 'zod';
import { utcDayOf } from '@/lib/domain/periods/utc-day';
import { startOpenRouterEmulator } from '@/lib/emulators/openrouter/index';
import { createOpenRouterProvider, openRouterCapabilities } from '@/lib/providers/openrouter/provider';
import { createRateLimiter } from '@/lib/providers/rate-limiter';
import { createOutbound } from '@/lib/utils/outbound';
import { createControl } from './control';
import { CONTRACT_NOW, type ContractTarget, type TrueKey } from './target';

const stateSchema = z.object({
  keys: z.array(
    z.object({
      hash: z.string(),
      name: z.string(),
      disabled: z.boolean(),
      limit: z.number().nullable(),
      limit_reset: z.string().nullable(),
      include_byok_in_limit: z.boolean(),
      expires_at: z.string().nullable(),
      workspace_id: z.string(),
      secret: z.string(),
      deletedAt: z.string().nullable(),
      usage_monthly: z.number(),
    }),
  ),
});

function toTrueKey(key: z.infer<typeof stateSchema>['keys'][number]): TrueKey {
  return {
    id: key.hash,
    name: key.name,
    isDeleted: key.deletedAt !== null,
    isDisabled: key.disabled,
    wireLimit: String(key.limit),
    wireReset: key.limit_reset,
    secret: key.secret,
    labels: {},
    expiresAt: key.expires_at,
    containerId: key.workspace_id,
    permissions: null,
    includeByok: key.include_byok_in_limit,
    monthSpend: String(key.usage_monthly),
  };
}

export const openRouterTarget: ContractTarget = {
  name: 'OpenRouter',
  capabilities: openRouterCapabilities,
  tellsOwnKey: false,
  async start({ keys = 12, historyDays = 40 } = {}) {
    const emulator = await startOpenRouterEmulator({
      port: 0,
      keys,
      historyDays,
      now: CONTRACT_NOW,
      freeze: true,
      switches: { analyticsPerMinute: null },
    });
    const control = createControl(emulator.controlUrl);
    const now = () => emulator.clock.now();
    return {
      baseUrl: emulator.url,
      managementKey: emulator.managementKey,
      control,
      routes: {
        readKey: 'GET /api/v1/keys/*',
        create: 'POST /api/v1/keys',
        setLimit: 'PATCH /api/v1/keys/*',
        remove: 'DELETE /api/v1/keys/*',
      },
      now,
      today: () => utcDayOf(now()),
      open: (overrides = {}) =>
        createOpenRouterProvider({
          baseUrl: emulator.url,
          managementKey: emulator.managementKey,
          rateLimiter: createRateLimiter({ callsPerMinute: null, maxInFlight: 8 }),
          now,
          fetch: createOutbound({ isPrivateAllowed: true }).fetch,
          ...overrides,
        }),
      trueKeys: async () => stateSchema.parse(await control.state()).keys.map(toTrueKey),
      async makeZeroLimitKey(name) {
        await control.outside({ op: 'create', name, limit: 0 });
      },
      close: () => emulator.close(),
    };
  },
};

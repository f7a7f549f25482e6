import { z } from 'zod';
import type { ProviderKind } from '@/lib/domain/connections/provider-kind';
import { limitText } from './limit-text';

export type VendorAddress = {
  readonly name: 'openrouter' | 'requesty' | 'requesty-classic';
  readonly provider: ProviderKind;
  readonly url: string;
  readonly controlUrl: string;
  readonly managementKey: string;
};

const keySchema = z
  .object({
    hash: z.string().optional(),
    id: z.string().optional(),
    name: z.string(),
    secret: z.string(),
    disabled: z.boolean().default(false),
    limit: z.number().nullish(),
    limit_reset: z.string().nullish(),
    monthly_limit: z.string().optional(),
    labels: z.record(z.string(), z.string()).default({}),
    expires_at: z.string().nullish(),
    isUsable: z.boolean(),
    deletedAt: z.string().nullable(),
  })
  .transform(({ hash, id, limit, limit_reset, monthly_limit, disabled, expires_at, ...key }) => ({
    ...key,
    externalId: hash ?? id ?? '',
    isDisabled: disabled,
    limit: limitText(
      monthly_limit === undefined ? { limit, limitReset: limit_reset } : { limit: monthly_limit },
    ),
    expiresAt: expires_at ? new Date(expires_at).toISOString() : null,
  }));

/** A key as it truly stands at the provider, deleted ones too. */
export type TrueKey = z.output<typeof keySchema>;

const effectSchema = z.object({
  seq: z.number(),
  at: z.number(),
  by: z.enum(['api', 'outside']),
  op: z.enum(['create', 'name', 'limit', 'byok', 'disabled', 'labels', 'expiry', 'delete']),
  key: z.string(),
  value: z.unknown(),
});
export type Effect = z.output<typeof effectSchema>;

const callSchema = z.object({
  at: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.number(),
  durationMs: z.number(),
});
export type Call = z.output<typeof callSchema>;

const faultSchema = z.object({ left: z.number(), times: z.number() }).loose();
export type FaultLeft = z.output<typeof faultSchema>;

export type Vendor = ReturnType<typeof openVendor>;

/** The hidden side of an emulated provider: what is true there, and how it is made to misbehave. */
export function openVendor(address: VendorAddress) {
  const ask = async (path: string, method = 'GET', body?: unknown): Promise<unknown> => {
    const response = await fetch(`${address.controlUrl}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${address.name} refused ${method} ${path}: ${await response.text()}`);
    return response.json();
  };
  return {
    ...address,
    keys: async () => z.object({ keys: z.array(keySchema) }).parse(await ask('/state')).keys,
    effects: async () => z.object({ effects: z.array(effectSchema) }).parse(await ask('/journal')).effects,
    inFlight: async () =>
      z.object({ inFlight: z.number() }).parse(await ask('/journal?since=999999999')).inFlight,
    /** The calls since the last time this was asked. */
    takeCalls: async () => {
      const { calls } = z.object({ calls: z.array(callSchema) }).parse(await ask('/calls'));
      await ask('/calls', 'DELETE');
      return calls;
    },
    injectFault: (fault: object) => ask('/faults', 'POST', fault),
    /** Ends all faults; answers what was left of them. */
    clearFaults: async () => {
      const { faults } = z.object({ faults: z.array(faultSchema) }).parse(await ask('/faults'));
      await ask('/faults', 'DELETE');
      return faults;
    },
    changeOutside: (change: object) => ask('/outside', 'POST', change),
    spend: (key: string, usd: number) => ask('/spend', 'POST', { key, usd }),
    advanceClock: (advanceMs: number) => ask('/clock', 'POST', { advanceMs }),
  };
}

import type { Capabilities } from '@/lib/domain/connections/capabilities';
import { openRouterCapabilities } from '@/lib/providers/openrouter/provider';
import type { KeyInventory, Provider, ProviderReads, ProviderWrites } from '@/lib/providers/port';
import { ProviderError } from '@/lib/providers/provider-error';

export type FakeProvider = {
  readonly capabilities?: Partial<Capabilities> | undefined;
  readonly reads?: Partial<ProviderReads> | undefined;
  readonly writes?: Partial<ProviderWrites> | undefined;
};

async function refuse(): Promise<never> {
  throw new ProviderError('unsupported', 'fake');
}

/** A provider of which a test says only what matters to it; every other call throws `unsupported`. */
export function fakeProvider(fake: FakeProvider): Provider {
  return {
    capabilities: {
      ...openRouterCapabilities,
      balance: { can: false, reason: 'not told' },
      members: { can: false, reason: 'not told' },
      budgets: { can: false, reason: 'not told' },
      ...fake.capabilities,
    },
    reads: {
      inspect: refuse,
      listKeys: refuse,
      getKey: refuse,
      listMembers: refuse,
      getBalance: refuse,
      readBudgets: refuse,
      readUsage: refuse,
      findOwnKey: async () => null,
      countRequests: refuse,
      ...fake.reads,
    },
    writes: { createKey: refuse, updateKey: refuse, deleteKey: refuse, ...fake.writes },
  };
}

/** A whole answer with these keys. */
export function inventory(keys: KeyInventory['keys'], values: Partial<KeyInventory> = {}): KeyInventory {
  return { keys, containers: [], isComplete: true, failure: null, ...values };
}

import { usd } from '@/lib/domain/money/usd';
import { createConnection } from '@/lib/server/connections/create-connection';
import type { ServerContext } from '@/lib/server/context';
import { createKey } from '@/lib/server/keys/create-key';
import { updateKeyLimit } from '@/lib/server/keys/update-key-limit';
import type { Account } from './measure-full-read';
import { asP95, type Measured } from './samples';

const RUNS = 40;
const WARM_UPS = 5;

/** Counts how long calls of a provider take, their answers read to the end. */
function watchCalls(): { readonly takeMs: () => number; readonly end: () => void } {
  const real = globalThis.fetch;
  let ms = 0;
  globalThis.fetch = async (...call) => {
    const startedAt = performance.now();
    const answer = await real(...call);
    const body = await answer.text();
    ms += performance.now() - startedAt;
    return new Response(body === '' ? null : body, { status: answer.status, headers: answer.headers });
  };
  return {
    takeMs: () => {
      const taken = ms;
      ms = 0;
      return taken;
    },
    end: () => {
      globalThis.fetch = real;
    },
  };
}

/** Creations and changes of limits through their verbs: what is left when the provider's own time is taken away. */
export async function measureChanges(context: ServerContext, account: Account): Promise<Measured[]> {
  const { connectionId } = await createConnection(context, {
    provider: 'openrouter',
    name: 'Quick account',
    ...account,
  });
  const calls = watchCalls();
  const oursOf = async <Result>(work: () => Promise<Result>) => {
    calls.takeMs();
    const startedAt = performance.now();
    const result = await work();
    return { result, ms: performance.now() - startedAt - calls.takeMs() };
  };
  const creations: number[] = [];
  const changes: number[] = [];
  try {
    for (let run = -WARM_UPS; run < RUNS; run += 1) {
      const limit = { kind: 'capped' as const, amount: usd('25'), period: 'monthly' as const };
      const created = await oursOf(() =>
        createKey(context, {
          connectionId,
          name: `measured ${run}`,
          limit,
          containerId: null,
          expiresAt: null,
          permissions: null,
          labels: {},
          teamId: null,
          ownerId: null,
          reason: 'Measurement',
        }),
      );
      const changed = await oursOf(() =>
        updateKeyLimit(context, {
          keyId: created.result.keyId,
          seen: { limit, includeByokInLimit: false },
          limit: { ...limit, amount: usd('40') },
          reason: 'Measurement',
        }),
      );
      if (run < 0) continue;
      creations.push(created.ms);
      changes.push(changed.ms);
    }
  } finally {
    calls.end();
  }
  return [asP95('create-ours', creations), asP95('change-ours', changes)];
}

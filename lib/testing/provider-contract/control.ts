import { z } from 'zod';
import type { FaultInput } from '@/lib/emulators/shared/faults';

const callsSchema = z.object({
  calls: z.array(
    z.object({
      method: z.string(),
      path: z.string(),
      query: z.record(z.string(), z.string()),
      status: z.number(),
    }),
  ),
});
export type LoggedCall = z.infer<typeof callsSchema>['calls'][number];

/** An emulator's `/__control`, as tests use it. */
export type Control = {
  fault(fault: FaultInput): Promise<void>;
  /** Ends all faults and forgets all calls. */
  reset(): Promise<void>;
  calls(): Promise<LoggedCall[]>;
  state(): Promise<unknown>;
  outside(change: unknown): Promise<unknown>;
  spend(input: { key: string; usd: number; requests?: number }): Promise<unknown>;
  switches(patch: unknown): Promise<unknown>;
};

export function createControl(controlUrl: string): Control {
  async function send(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${controlUrl}${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`control ${path}: ${JSON.stringify(answer)}`);
    return answer;
  }
  return {
    async fault(fault) {
      await send('POST', '/faults', fault);
    },
    async reset() {
      await send('DELETE', '/faults');
      await send('DELETE', '/calls');
    },
    calls: async () => callsSchema.parse(await send('GET', '/calls')).calls,
    state: () => send('GET', '/state'),
    outside: (change) => send('POST', '/outside', change),
    spend: (input) => send('POST', '/spend', input),
    switches: (patch) => send('POST', '/switches', patch),
  };
}

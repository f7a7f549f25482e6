import { median, p95 } from './statistics.mjs';

/** What one figure came to; `value` is held against its budget. */
export type Measured = { readonly id: string; readonly value: number; readonly detail: string };

/** Milliseconds of each of so many runs, after some that do not count. */
export async function timeEach(
  work: (run: number) => Promise<unknown>,
  { runs, warmUps }: { readonly runs: number; readonly warmUps: number },
): Promise<number[]> {
  const samples: number[] = [];
  for (let run = -warmUps; run < runs; run += 1) {
    const startedAt = performance.now();
    await work(run);
    if (run >= 0) samples.push(performance.now() - startedAt);
  }
  return samples;
}

function spread(samples: readonly number[]): string {
  return `median ${median(samples).toFixed(1)}, fastest ${Math.min(...samples).toFixed(1)}, ${samples.length} runs`;
}

export function asP95(id: string, samples: readonly number[]): Measured {
  return { id, value: p95(samples), detail: `p95; ${spread(samples)}` };
}

export function asMedian(id: string, samples: readonly number[]): Measured {
  return { id, value: median(samples), detail: spread(samples) };
}

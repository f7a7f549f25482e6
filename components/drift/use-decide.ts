'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useAdoptDrift, useIgnoreDrift, usePutBackDrift, useStartDriftRun } from '@/lib/client/drift';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { DriftView } from '@/lib/domain/drift/drift-view';

/** What is to become of some differences. */
export type Decision = 'adopt' | 'put_back' | 'disable' | 'delete' | 'ignore';

type Wish = { readonly reason: string; readonly until: string; readonly typedName: string };

const shown = ({ id, digest }: DriftView) => ({ itemId: id, digest });

/** Carries a decision out: on one difference at once, on several as a bulk change that the server goes on with. */
export function useDecide(decision: Decision, items: readonly DriftView[]) {
  const router = useRouter();
  const adopt = useAdoptDrift();
  const ignore = useIgnoreDrift();
  const putBack = usePutBackDrift();
  const start = useStartDriftRun();
  const [problem, setProblem] = useState<string | null>(null);
  const [isPending, setIsPending] = useState(false);

  async function decideOne(item: DriftView, { reason, until, typedName }: Wish): Promise<string | null> {
    if (decision === 'adopt' || decision === 'ignore') {
      const input = { items: [shown(item)], reason };
      const [outcome] = await (decision === 'adopt'
        ? adopt.mutateAsync(input)
        : ignore.mutateAsync({ ...input, until }));
      return outcome?.problem ?? null;
    }
    const way = decision === 'put_back' ? undefined : decision;
    await putBack.mutateAsync({ ...shown(item), way, typedName, reason });
    return null;
  }

  async function decideMany({ reason, until }: Wish): Promise<null> {
    if (decision === 'disable' || decision === 'delete') throw new Error('only one key is stopped at a time');
    const { runId } = await start.mutateAsync({
      items: items.map(shown),
      decision,
      until: decision === 'ignore' ? until : null,
      reason,
    });
    router.push(`/keys/bulk/${runId}`);
    return null;
  }

  /** Whether it was done, or begun. */
  async function decide(wish: Wish): Promise<boolean> {
    setIsPending(true);
    setProblem(null);
    try {
      const [only, ...others] = items;
      const why = only && others.length === 0 ? await decideOne(only, wish) : await decideMany(wish);
      setProblem(why);
      return why === null;
    } catch (error) {
      setProblem(outcomeErrorOf(error).message);
      return false;
    } finally {
      setIsPending(false);
    }
  }

  return { decide, problem, isPending };
}

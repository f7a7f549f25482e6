'use client';

import { useState } from 'react';
import { useAdoptDrift, useIgnoreDrift, usePutBackDrift } from '@/lib/client/drift';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { DriftView } from '@/lib/domain/drift/drift-view';

/** What is to become of some differences. */
export type Decision = 'adopt' | 'put_back' | 'disable' | 'delete' | 'ignore';

export type Problem = { readonly item: DriftView; readonly why: string };

type Wish = { readonly reason: string; readonly until: string; readonly typedName: string };

const shown = ({ id, digest }: DriftView) => ({ itemId: id, digest });

/** Carries a decision out on each item; what could not be decided is kept with the reason. */
export function useDecide(decision: Decision, items: readonly DriftView[]) {
  const adopt = useAdoptDrift();
  const ignore = useIgnoreDrift();
  const putBack = usePutBackDrift();
  const [done, setDone] = useState(0);
  const [problems, setProblems] = useState<readonly Problem[] | null>(null);
  const [isPending, setIsPending] = useState(false);

  async function decideTogether({ reason, until }: Wish): Promise<readonly Problem[]> {
    const input = { items: items.map(shown), reason };
    const outcomes =
      decision === 'adopt' ? await adopt.mutateAsync(input) : await ignore.mutateAsync({ ...input, until });
    return outcomes.flatMap(({ itemId, problem }) => {
      const item = items.find(({ id }) => id === itemId);
      return item && problem !== null ? [{ item, why: problem }] : [];
    });
  }

  /** One after the other: each is a write at its provider. */
  async function decideOneByOne({ reason, typedName }: Wish): Promise<readonly Problem[]> {
    const failed: Problem[] = [];
    const way = decision === 'disable' || decision === 'delete' ? decision : undefined;
    for (const item of items) {
      try {
        await putBack.mutateAsync({ ...shown(item), way, typedName, reason });
      } catch (error) {
        failed.push({ item, why: outcomeErrorOf(error).message });
      }
      setDone((count) => count + 1);
    }
    return failed;
  }

  async function decide(wish: Wish): Promise<boolean> {
    setIsPending(true);
    setDone(0);
    setProblems(null);
    try {
      const isTogether = decision === 'adopt' || decision === 'ignore';
      const failed = await (isTogether ? decideTogether(wish) : decideOneByOne(wish));
      setProblems(failed);
      return failed.length === 0;
    } catch (error) {
      const why = outcomeErrorOf(error).message;
      setProblems(items.map((item) => ({ item, why })));
      return false;
    } finally {
      setIsPending(false);
    }
  }

  return { decide, done, problems, isPending };
}

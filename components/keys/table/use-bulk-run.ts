'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { runKeyStep } from '@/lib/client/key-steps';
import { outcomeErrorOf } from '@/lib/client/outcome';
import type { BulkStep } from '@/lib/domain/keys/bulk-plan';

export type BulkRun = {
  readonly phase: 'ready' | 'running' | 'ended';
  readonly steps: readonly BulkStep[];
  /** Steps come one after another: so many have ended, well or not. */
  readonly done: number;
  /** By position of the step: why it did not happen. */
  readonly failures: ReadonlyMap<number, string>;
  readonly isCancelled: boolean;
};

const READY: BulkRun = { phase: 'ready', steps: [], done: 0, failures: new Map(), isCancelled: false };

/** Runs a bulk change step by step. What has begun is finished; cancelling keeps the rest from beginning. */
export function useBulkRun() {
  const client = useQueryClient();
  const [run, setRun] = useState<BulkRun>(READY);
  const isCancelAsked = useRef(false);

  const start = useCallback(
    async (steps: readonly BulkStep[], reason: string) => {
      isCancelAsked.current = false;
      const failures = new Map<number, string>();
      let done = 0;
      setRun({ ...READY, phase: 'running', steps });
      for (const step of steps) {
        if (isCancelAsked.current) break;
        try {
          await runKeyStep(step, reason);
        } catch (error) {
          const { code, message } = outcomeErrorOf(error);
          failures.set(done, message);
          if (code === 'signed_out') isCancelAsked.current = true;
        }
        done += 1;
        setRun({ phase: 'running', steps, done, failures, isCancelled: isCancelAsked.current });
      }
      setRun({ phase: 'ended', steps, done, failures, isCancelled: done < steps.length });
      await client.invalidateQueries({ queryKey: ['keys'] });
    },
    [client],
  );

  const cancel = useCallback(() => {
    isCancelAsked.current = true;
    setRun((before) => ({ ...before, isCancelled: true }));
  }, []);

  useEffect(() => {
    if (run.phase !== 'running') return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [run.phase]);

  return { run, start, cancel };
}

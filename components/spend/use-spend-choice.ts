'use client';

import { useQueryStates } from 'nuqs';
import { useNow } from '@/components/ui/use-now';
import { type UtcDay, utcDayOf } from '@/lib/domain/periods/utc-day';
import { type SpendDimension, writeIds } from '@/lib/domain/spend/spend-query';
import type { SpendPreset } from '@/lib/domain/spend/spend-range';
import { type SpendChoice, type SpendShape, spendChoiceOf, spendParams } from './spend-params';

export type SpendControls = SpendChoice & {
  readonly today: UtcDay;
  readonly shape: SpendShape;
  readonly choosePreset: (preset: SpendPreset) => void;
  readonly chooseDays: (range: { from: string; to: string }) => void;
  readonly chooseDimension: (by: SpendDimension) => void;
  readonly chooseShape: (shape: SpendShape) => void;
  readonly chooseConnections: (ids: readonly number[]) => void;
  readonly chooseTeams: (ids: readonly number[]) => void;
  /** The keys of one team or connection. */
  readonly openKeysOf: (by: 'team' | 'connection', id: number) => void;
};

/** What the address asks for, and the ways to ask for something else; each is one step of Back. */
export function useSpendChoice(serverNow: number): SpendControls {
  const [params, setParams] = useQueryStates(spendParams, { history: 'push' });
  const today = utcDayOf(new Date(useNow(serverNow)));
  const set = (changes: Parameters<typeof setParams>[0]) => void setParams(changes);
  return {
    ...spendChoiceOf(params, today),
    today,
    shape: params.show,
    choosePreset: (preset) => set({ range: preset === 'this-month' ? null : preset, from: null, to: null }),
    chooseDays: ({ from, to }) => set({ range: null, from, to }),
    chooseDimension: (by) => set({ by }),
    chooseShape: (show) => set({ show }),
    chooseConnections: (ids) => set({ connection: writeIds(ids) }),
    chooseTeams: (ids) => set({ team: writeIds(ids) }),
    openKeysOf: (by, id) => set({ by: 'key', [by]: writeIds([id]) }),
  };
}

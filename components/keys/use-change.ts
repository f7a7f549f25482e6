'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { changeQuery } from '@/lib/client/changes';
import { type ChangeView, isOpenPhase } from '@/lib/domain/changes/change-view';

/** One change, live until its outcome is known; the keys are then read anew. */
export function useChange(changeId: string | null): ChangeView | undefined {
  const client = useQueryClient();
  const { data } = useQuery({ ...changeQuery(changeId ?? ''), enabled: changeId !== null });
  const isSettled = data !== undefined && !isOpenPhase(data.phase);
  useEffect(() => {
    if (isSettled) void client.invalidateQueries({ queryKey: ['keys'] });
  }, [client, isSettled]);
  return data;
}

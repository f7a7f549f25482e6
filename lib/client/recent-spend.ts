'use client';

import { queryOptions } from '@tanstack/react-query';
import { decodeRecentSpend, type RecentSpendWire } from '@/lib/domain/keys/recent-spend';
import { fetchOutcome } from './outcome';

/** 30 days of every key for sparklines and paces. A change of a key does not make it stale. */
export const recentSpendQuery = queryOptions({
  queryKey: ['recent-spend'],
  queryFn: ({ signal }) => fetchOutcome<RecentSpendWire>('/api/keys/recent', signal),
  select: decodeRecentSpend,
  // Comparing two answers of 10,000 keys would cost more than drawing the few rows in sight.
  structuralSharing: false,
  staleTime: 60_000,
  refetchInterval: 120_000,
});

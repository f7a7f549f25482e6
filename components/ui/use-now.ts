'use client';

import { useCallback, useSyncExternalStore } from 'react';

interface Clock {
  current: number;
  listeners: Set<() => void>;
  timer: ReturnType<typeof setInterval> | null;
}

const clocks = new Map<number, Clock>();

function clockFor(intervalMs: number): Clock {
  const known = clocks.get(intervalMs);
  if (known) return known;
  const clock: Clock = { current: Date.now(), listeners: new Set(), timer: null };
  clocks.set(intervalMs, clock);
  return clock;
}

function tick(clock: Clock): void {
  clock.current = Date.now();
  for (const listener of clock.listeners) listener();
}

function subscribeTo(intervalMs: number, listener: () => void): () => void {
  const clock = clockFor(intervalMs);
  clock.listeners.add(listener);
  if (clock.timer === null) {
    clock.current = Date.now();
    clock.timer = setInterval(() => tick(clock), intervalMs);
  }
  return () => {
    clock.listeners.delete(listener);
    if (clock.listeners.size > 0 || clock.timer === null) return;
    clearInterval(clock.timer);
    clock.timer = null;
  };
}

/**
 * The present in epoch milliseconds, ticking; all users of one interval share one timer.
 * `serverNow` is what the server drew with, so that hydration finds the same text.
 */
export function useNow(serverNow: number, intervalMs = 30_000): number {
  const subscribe = useCallback((listener: () => void) => subscribeTo(intervalMs, listener), [intervalMs]);
  return useSyncExternalStore(
    subscribe,
    () => clockFor(intervalMs).current,
    () => serverNow,
  );
}

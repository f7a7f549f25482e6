import type { UtcDay } from '@/lib/domain/periods/utc-day';
import type { UsageWindow } from './port';

function later(a: UtcDay, b: UtcDay): UtcDay {
  return [a, b].sort().at(-1) ?? a;
}

function earlier(a: UtcDay, b: UtcDay): UtcDay {
  return [a, b].sort().at(0) ?? a;
}

/** The part of a window that lies between two days, both included; null when there is none. */
export function clampWindow({ from, to }: UsageWindow, first: UtcDay, last: UtcDay): UsageWindow | null {
  const window = { from: later(from, first), to: earlier(to, last) };
  return window.from <= window.to ? window : null;
}

import { describe, expect, it } from 'vitest';
import type { ReadState, ReadView } from '@/lib/domain/connections/connection-view';
import type { FreshnessView } from '@/lib/domain/usage/freshness-view';
import { STALE_AFTER_MS, toFreshnessLine } from './freshness-line';

const NOW = Date.UTC(2026, 10, 20, 12);

function read(state: ReadState): ReadView {
  return {
    id: null,
    state,
    startedAt: null,
    finishedAt: null,
    done: 0,
    total: null,
    failure: null,
    lastCompleteAt: null,
  };
}

function reads(keys: ReadState, ageMs: number | null, isReading = false): FreshnessView {
  return {
    connections: [{ id: 1, name: 'A', state: 'active', keysRead: read(keys), usageRead: read('complete') }],
    oldestCompleteAt: ageMs === null ? null : new Date(NOW - ageMs).toISOString(),
    isReading,
    progressText: isReading ? '1,200 keys read' : null,
  };
}

describe('toFreshnessLine', () => {
  it.each([
    ['fresh', reads('complete', STALE_AFTER_MS)],
    ['stale', reads('complete', STALE_AFTER_MS + 1)],
    ['stale', reads('never', null)],
    ['failed', reads('failed', 1_000)],
    ['reading', reads('running', 1_000, true)],
    ['none', { ...reads('complete', 0), connections: [] }],
  ] as const)('calls it %s', (state, view) => {
    expect(toFreshnessLine(view, NOW).state).toBe(state);
  });
});

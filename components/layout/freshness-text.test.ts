import { describe, expect, it } from 'vitest';
import { describeFreshness, type FreshnessView } from './freshness-text';

const now = Date.UTC(2026, 10, 20);
const view: FreshnessView = { state: 'fresh', connectionCount: 2, syncedAt: now - 14_000 };

describe('describeFreshness', () => {
  it.each<[FreshnessView, string]>([
    [view, '2 connections · synced 14 s ago'],
    [{ ...view, connectionCount: 1, syncedAt: null }, '1 connection · not read yet'],
    [
      { ...view, state: 'stale', syncedAt: now - 3 * 3_600_000 },
      '2 connections · stale, last synced 3 h ago',
    ],
    [{ ...view, state: 'reading', progress: '1,200 keys read' }, 'Reading · 1,200 keys read'],
    [{ ...view, state: 'reading', progress: null }, 'Reading 2 connections'],
    [{ ...view, state: 'failed', failedCount: 1 }, '1 of 2 connections failing · data from 14 s ago'],
    [{ ...view, state: 'none', connectionCount: 0 }, 'No connections yet'],
  ])('says how old the data is, in words: %#', (given, text) => {
    expect(describeFreshness(given, now)).toBe(text);
  });
});

import { describe, expect, it } from 'vitest';
import type { ReadView } from '@/lib/domain/connections/connection-view';
import { historyCountText } from './read-history-words';
import { isReading, readProgressOf } from './read-words';

const read = (values: Partial<ReadView> = {}): ReadView => ({
  id: null,
  state: 'running',
  startedAt: '2026-11-20T10:00:00Z',
  finishedAt: null,
  done: 0,
  total: null,
  failure: null,
  lastCompleteAt: null,
  ...values,
});

describe('the progress of a running read', () => {
  it('is in words, and a share only where the whole is known', () => {
    expect(readProgressOf('keys', read({ done: 1200 }))).toEqual({ value: null, text: '1,200 keys read' });
    expect(readProgressOf('usage', read({ done: 41, total: 100 }))).toEqual({
      value: 0.41,
      text: 'usage: 41%',
    });
    expect(readProgressOf('usage', read({ done: 7, total: 5 })).value).toBe(1);
    expect(readProgressOf('usage', read({ done: 0, total: 0 })).value).toBeNull();
  });
});

describe('a connection', () => {
  it('is being read while either of its reads runs', () => {
    const idle = read({ state: 'complete' });
    expect(isReading({ keysRead: idle, usageRead: read() })).toBe(true);
    expect(isReading({ keysRead: read(), usageRead: idle })).toBe(true);
    expect(isReading({ keysRead: idle, usageRead: read({ state: 'failed' }) })).toBe(false);
  });
});

describe('a past read', () => {
  const past = { id: 'a', startedAt: '', finishedAt: null, failure: null, requestedBy: null } as const;

  it('tells how far it came, and nothing where nothing is known', () => {
    expect(historyCountText({ ...past, kind: 'keys', state: 'complete', done: 1, total: 1 })).toBe(
      '1 key read',
    );
    expect(historyCountText({ ...past, kind: 'keys', state: 'failed', done: 0, total: null })).toBe('');
    expect(historyCountText({ ...past, kind: 'usage', state: 'complete', done: 9, total: 9 })).toBe(
      'all of the usage',
    );
    expect(historyCountText({ ...past, kind: 'usage', state: 'partial', done: 3, total: 9 })).toBe(
      '33% of the usage',
    );
    expect(historyCountText({ ...past, kind: 'usage', state: 'partial', done: 9, total: 9 })).toBe('');
    expect(historyCountText({ ...past, kind: 'usage', state: 'failed', done: 0, total: null })).toBe('');
  });
});

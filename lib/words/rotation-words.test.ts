import { describe, expect, it } from 'vitest';
import { usd } from '@/lib/domain/money/usd';
import type { RotationView } from '@/lib/domain/rotation/rotation-view';
import { holdText, quietText, retireText } from './rotation-words';

const nowMs = Date.parse('2026-11-20T17:00:00Z');
const HOUR_MS = 3_600_000;

function view(values: Partial<RotationView> = {}): RotationView {
  return {
    id: 'one',
    state: 'watching',
    isOpen: true,
    oldKey: { id: 1, name: 'bot' },
    newKey: { id: 2, name: 'bot (2)' },
    connectionName: 'Main',
    providerName: 'OpenRouter',
    canDisable: true,
    lowestCap: usd('0.01'),
    quietHours: 24,
    quietSince: '2026-11-20T12:00:00.000Z',
    seenUntil: '2026-11-20T16:59:00.000Z',
    quietMs: 5 * HOUR_MS,
    earliest: '2026-11-21T12:00:00.000Z',
    waitUntil: null,
    deleteAt: null,
    hold: 'quiet',
    failure: null,
    startedAt: '2026-11-20T12:00:00.000Z',
    startedByName: 'Ada',
    finishedAt: null,
    ...values,
  };
}

describe('the words of a rotation', () => {
  it('tell how quiet the old key is and when it can go', () => {
    expect(quietText(view(), nowMs)).toBe(
      'No request for 5 h; retired after 24 h of quiet, at the earliest Sat 12:00 UTC.',
    );
    expect(quietText(view({ quietMs: 0, earliest: '2026-11-20T16:00:00.000Z' }), nowMs)).toBe(
      'Quiet has only begun to be counted; retired after 24 h of quiet.',
    );
    const waiting = view({ earliest: '2026-12-24T12:00:00.000Z', waitUntil: '2026-12-24T12:00:00.000Z' });
    expect(quietText(waiting, nowMs)).toContain(
      'at the earliest 24 Dec 2026, 12:00 UTC. Someone asked to wait until then.',
    );
  });

  it('say when the quiet stands still', () => {
    expect(holdText(view(), nowMs)).toBeNull();
    expect(holdText(view({ seenUntil: '2026-11-20T14:00:00.000Z' }), nowMs)).toBe(
      'The quiet stands still: Main and its usage were last read whole 3 h ago.',
    );
    expect(holdText(view({ seenUntil: null }), nowMs)).toContain('never read whole');
    expect(holdText(view({ hold: 'paused' }), nowMs)).toContain('Main is paused');
  });

  it('tell a disabled old key from a capped one', () => {
    const grace = { hold: 'grace', state: 'retiring', deleteAt: '2026-11-28T12:00:00.000Z' } as const;
    expect(holdText(view(grace), nowMs)).toBe(
      'bot is disabled, and deleted for good on 28 Nov 2026, 12:00 UTC. Going back enables it again.',
    );
    expect(holdText(view({ ...grace, canDisable: false }), nowMs)).toContain('bot is capped at $0.01.');
    const terms = { lowestCap: '0.01', graceDays: 7, quietHours: 24 };
    expect(retireText(true, 'OpenRouter', terms)).toContain(
      'it is disabled, and deleted for good 7 days later',
    );
    expect(retireText(false, 'Requesty', terms)).toContain('Requesty cannot disable a key.');
  });
});

import { describe, expect, it, vi } from 'vitest';
import type { ServerContext } from '@/lib/server/context';
import { log } from '@/lib/utils/log';
import { startChores } from './chores';

const context: ServerContext = {
  actor: { kind: 'system', name: 'Test' },
  now: () => new Date(0),
  requestId: 'test',
  get db(): never {
    throw new Error('no database here');
  },
  get providers(): never {
    throw new Error('no providers here');
  },
};

describe('chores', () => {
  it('run at once and again, also after a failure', async () => {
    log.level = 'silent';
    let rounds = 0;
    const run = async () => {
      rounds += 1;
      if (rounds === 1) throw new Error('the first round fails');
    };
    const chores = startChores(() => context, [{ name: 'test', everyMs: 5, run }]);
    await vi.waitFor(() => expect(rounds).toBeGreaterThanOrEqual(3));
    await chores.stop();
    const ended = rounds;
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(rounds).toBe(ended);
  });

  it('come again at once while there is more to do', async () => {
    let rounds = 0;
    const run = async () => {
      rounds += 1;
      return rounds < 4 ? 'more' : 'rest';
    };
    const chores = startChores(() => context, [{ name: 'test', everyMs: 3_600_000, run }]);
    await vi.waitFor(() => expect(rounds).toBe(4));
    await chores.stop();
  });

  it('are waited for when they end, and never overlap', async () => {
    let isRunning = false;
    let isFinished = false;
    const run = async () => {
      expect(isRunning).toBe(false);
      isRunning = true;
      await new Promise((resolve) => setTimeout(resolve, 30));
      isRunning = false;
      isFinished = true;
    };
    const chores = startChores(() => context, [{ name: 'test', everyMs: 1, run }]);
    await chores.stop();
    expect(isFinished).toBe(true);
  });
});

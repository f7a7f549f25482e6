import type { EmulatorClock } from './clock';
import type { Ledger } from './ledger';
import { catalogue } from './models';
import type { Prng } from './prng';

const EVERY_MS = 1500;
const REQUESTS_A_TICK = 3;

/**
 * Keeps keys spending: a few requests at a time, by keys that may spend. `keyIds` gives those that are enabled,
 * newest first; new ones are chosen more often, so that a key just made is soon seen at work. Returns the stop.
 */
export function startLive(parts: {
  ledger: Ledger;
  clock: EmulatorClock;
  prng: Prng;
  keyIds(): readonly string[];
}): () => void {
  const timer = setInterval(() => {
    const ids = parts.keyIds();
    if (ids.length === 0) return;
    for (let index = 0; index < REQUESTS_A_TICK; index += 1) {
      const id = ids[Math.floor(parts.prng.next() ** 2 * ids.length)];
      if (id === undefined) continue;
      parts.ledger.request(id, parts.clock.now(), parts.prng.pick(catalogue).id, {
        promptTokens: parts.prng.int(400, 6000),
        completionTokens: parts.prng.int(50, 1200),
      });
    }
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

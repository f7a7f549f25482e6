import { setTimeout as delay } from 'node:timers/promises';
import { Fault } from './fault.mjs';

const everyMs = 60;
const callMs = 5_000;

/**
 * Asks until the answer is accepted.
 * @param {string} url
 * @param {{ timeoutMs: number, isReady?: (status: number) => boolean }} options
 */
export async function waitForHttp(url, { timeoutMs, isReady = (status) => status < 500 }) {
  const giveUpAt = performance.now() + timeoutMs;
  let last = 'no answer';
  while (performance.now() < giveUpAt) {
    try {
      const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(callMs) });
      const body = await response.text();
      if (isReady(response.status)) return;
      last = `status ${response.status}: ${body.slice(0, 300)}`;
    } catch (error) {
      last = error.cause?.code ?? error.message;
    }
    await delay(everyMs);
  }
  throw new Fault(`${url} was not ready after ${timeoutMs / 1000} s (${last}).`);
}

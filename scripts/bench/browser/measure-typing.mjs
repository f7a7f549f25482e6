import { median, p95 } from '../statistics.mjs';
import { paintedAt, waitForQuiet, withColdPage } from './open-browser.mjs';

// Each letter leaves other rows than the one before, so every keystroke draws anew.
const WORDS = ['checkout', 'prod', 'search-d', 'eval-st', 'agent', 'billing'];

async function typeOnce(page, press, settleMs) {
  await page.evaluate(() => window.keywardBench.arm('keydown', 'main'));
  await press();
  await page.waitForTimeout(settleMs);
  return page.evaluate(() => {
    const { startedAt, lastPaint } = window.keywardBench;
    return lastPaint === 0 ? null : lastPaint - startedAt;
  });
}

async function typeWords(page, settleMs) {
  const box = page.getByRole('searchbox', { name: 'Filter keys' });
  await box.focus();
  const samples = [];
  for (const word of WORDS) {
    for (const letter of word) {
      const ms = await typeOnce(page, () => page.keyboard.press(letter), settleMs);
      if (ms !== null) samples.push(ms);
    }
    await box.fill('');
    await page.waitForTimeout(settleMs);
  }
  return samples;
}

const figureOf = (id, samples) => ({
  id,
  value: p95(samples),
  detail: `p95 of ${samples.length}, median ${median(samples).toFixed(1)}, least ${Math.min(...samples).toFixed(1)}`,
});

/**
 * From a key in the search box to the last paint that it brought about, as it is and on a slower processor.
 * @param {import('@playwright/test').Browser} browser
 * @param {{ url: string, state: object }} options
 */
export async function measureTyping(browser, options) {
  return withColdPage(browser, options, async ({ page, cdp, requests }) => {
    await page.goto('/keys');
    await paintedAt(page, '[data-key-id]');
    await waitForQuiet(page, requests);
    await typeWords(page, 200);
    const plain = await typeWords(page, 250);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
    const slow = await typeWords(page, 500);
    return [figureOf('keystroke', plain), figureOf('keystroke-slow', slow)];
  });
}

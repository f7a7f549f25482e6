import { median, p95 } from '../statistics.mjs';
import { paintedAt, waitForQuiet, withColdPage } from './open-browser.mjs';

const LOADS = 6;
const PRESETS = ['7 d', '30 d', 'Quarter', 'Last month'];
const SETTLE_MS = 1_200;

const isCall = (request) => new URL(request.url()).pathname.startsWith('/api/');

async function choose(page, requests, label) {
  await page.evaluate(() => window.keywardBench.arm('click', 'figure'));
  const before = requests.length;
  await page.getByRole('radiogroup', { name: 'Date range' }).getByText(label, { exact: true }).click();
  await page.waitForTimeout(SETTLE_MS);
  const ms = await page.evaluate(() => window.keywardBench.lastPaint - window.keywardBench.startedAt);
  return { ms, calls: requests.slice(before).filter(isCall).length };
}

/**
 * From a click on a range to its chart painted, and how many calls it took. A range that was shown before comes
 * from the browser's memory, so each load of the page asks for each range once.
 * @param {import('@playwright/test').Browser} browser
 * @param {{ url: string, state: object }} options
 */
export async function measureRanges(browser, options) {
  const changes = [];
  for (let load = 0; load < LOADS; load += 1) {
    await withColdPage(browser, options, async ({ page, requests }) => {
      await page.goto('/spend');
      await paintedAt(page, 'figure svg');
      await waitForQuiet(page, requests);
      for (const label of PRESETS) changes.push(await choose(page, requests, label));
    });
  }
  const samples = changes.map(({ ms }) => ms);
  const detail = `p95 of ${samples.length}, median ${median(samples).toFixed(0)}, least ${Math.min(...samples).toFixed(0)}`;
  return [
    { id: 'range-painted', value: p95(samples), detail },
    {
      id: 'range-calls',
      value: Math.max(...changes.map(({ calls }) => calls)),
      detail: 'most of all changes',
    },
  ];
}

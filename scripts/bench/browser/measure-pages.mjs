import { median } from '../statistics.mjs';
import { paintedAt, withColdPage } from './open-browser.mjs';

const RUNS = 3;
const HEADING = 'main h1';

/** Each page, and what stands there when it can be used. */
const pages = [
  ['/', HEADING],
  ['/keys', '[data-key-id]'],
  ['/keys?q=checkout-prod&sort=-spend', '[data-key-id]'],
  ['/keys/1', 'figure svg'],
  ['/spend', 'figure svg'],
  ['/spend?by=key', 'figure svg'],
  ['/teams', HEADING],
  ['/teams/1', HEADING],
  ['/connections', HEADING],
  ['/connections/1', HEADING],
  ['/members', HEADING],
  ['/audit', HEADING],
  ['/account', HEADING],
];

/**
 * Every page in a window with an empty cache; the slowest counts.
 * @param {import('@playwright/test').Browser} browser
 * @param {{ url: string, state: object }} options
 */
export async function measurePages(browser, options) {
  const found = [];
  for (const [path, selector] of pages) {
    const samples = [];
    for (let run = 0; run <= RUNS; run += 1) {
      const ms = await withColdPage(browser, options, async ({ page }) => {
        await page.goto(path, { waitUntil: 'commit' });
        return paintedAt(page, selector, '[aria-busy=true], main [data-skeleton]');
      });
      if (run > 0) samples.push(ms);
    }
    found.push({ path, ms: median(samples) });
  }
  found.sort((a, b) => b.ms - a.ms);
  const [slowest] = found;
  const detail = found.map(({ path, ms }) => `${path} ${ms.toFixed(0)}`).join(', ');
  return [{ id: 'slowest-page', value: slowest?.ms ?? Number.NaN, detail }];
}

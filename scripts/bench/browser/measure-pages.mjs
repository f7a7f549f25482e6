import { ON_ITS_WAY, pages } from '../pages.mjs';
import { median } from '../statistics.mjs';
import { paintedAt, withColdPage } from './open-browser.mjs';

const RUNS = 3;
async function timePage(browser, options, [path, selector, not = ON_ITS_WAY]) {
  const samples = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const ms = await withColdPage(browser, options, async ({ page }) => {
      await page.goto(path, { waitUntil: 'commit' });
      return paintedAt(page, selector, not);
    });
    if (run > 0) samples.push(ms);
  }
  return { path, ms: median(samples) };
}

/**
 * Every page in a window with an empty cache; the slowest counts, and each is a figure of its own.
 * @param {import('@playwright/test').Browser} browser
 * @param {{ url: string, state: object }} options
 */
export async function measurePages(browser, options) {
  const found = [];
  for (const page of pages) found.push(await timePage(browser, options, page));
  const [slowest] = found.toSorted((a, b) => b.ms - a.ms);
  return [
    { id: 'slowest-page', value: slowest?.ms ?? Number.NaN, detail: `${slowest?.path}, median of ${RUNS}` },
    ...found.map(({ path, ms }) => ({ id: `page ${path}`, value: ms })),
  ];
}

import { median } from '../statistics.mjs';
import { paintedAt, waitForQuiet, withColdPage } from './open-browser.mjs';

const RUNS = 7;
const SETTLE_MS = 1_500;
const FREE_MS = 50;

const isCall = (request) =>
  new URL(request.url()).pathname.startsWith('/api/') || request.headers()['next-action'] !== undefined;

function countRepeats(requests) {
  const asked = requests.map((request) => `${request.method()} ${request.url()}`);
  return asked.length - new Set(asked).size;
}

/** Blocking time from the first paint of content until the page has settled. */
async function blockingMs(page) {
  const { longTasks, from } = await page.evaluate(() => ({
    longTasks: window.keywardBench.longTasks,
    from: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  }));
  return longTasks
    .filter(([start, duration]) => start + duration > from)
    .reduce((sum, [, duration]) => sum + Math.max(0, duration - FREE_MS), 0);
}

async function heapMb(cdp) {
  await cdp.send('HeapProfiler.enable');
  await cdp.send('HeapProfiler.collectGarbage');
  await cdp.send('Performance.enable');
  const { metrics } = await cdp.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN) / 2 ** 20;
}

async function loadOnce(browser, options) {
  return withColdPage(browser, options, async ({ page, cdp, requests }) => {
    await page.goto('/keys', { waitUntil: 'commit' });
    const painted = await paintedAt(page, '[data-key-id]');
    await waitForQuiet(page, requests, SETTLE_MS);
    const calls = requests.filter(isCall);
    let data = 0;
    for (const call of calls) data += (await call.sizes()).responseBodySize;
    return {
      painted,
      blocking: await blockingMs(page),
      nodes: await page.evaluate(() => document.getElementsByTagName('*').length),
      heap: await heapMb(cdp),
      requests: requests.length,
      calls: calls.length,
      repeats: countRepeats(requests),
      data: data / 1024,
      called: calls.map((call) => new URL(call.url()).pathname),
    };
  });
}

/**
 * The keys page in a window with an empty cache: what it asks for, and how soon its rows stand there.
 * @param {import('@playwright/test').Browser} browser
 * @param {{ url: string, state: object }} options
 */
export async function measureKeysPage(browser, options) {
  await loadOnce(browser, options);
  const loads = [];
  for (let run = 0; run < RUNS; run += 1) loads.push(await loadOnce(browser, options));
  const figure = (id, name, detail) => {
    const samples = loads.map((load) => load[name]);
    const fastest = Math.min(...samples).toFixed(0);
    return { id, value: median(samples), detail: detail ?? `median of ${RUNS}, least ${fastest}` };
  };
  const called = [...new Set(loads.flatMap((load) => load.called))].sort().join(' ');
  return [
    figure('keys-requests', 'requests'),
    figure('keys-calls', 'calls', called),
    figure('keys-repeats', 'repeats'),
    figure('keys-data', 'data'),
    figure('keys-painted', 'painted'),
    figure('keys-blocking', 'blocking'),
    figure('keys-nodes', 'nodes'),
    figure('keys-heap', 'heap'),
  ];
}

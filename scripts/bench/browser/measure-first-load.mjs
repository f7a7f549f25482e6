import { paintedAt, waitForQuiet, withColdPage } from './open-browser.mjs';

const kb = (bytes) => bytes / 1024;

async function sizeOf(requests) {
  let bytes = 0;
  for (const request of requests) bytes += (await request.sizes()).responseBodySize;
  return bytes;
}

const isScript = (request) => request.resourceType() === 'script';

/** Bytes of scripts as they came over the wire until the page was quiet. */
async function scriptBytes(browser, options, path, selector) {
  return withColdPage(browser, options, async ({ page, requests }) => {
    await page.goto(path);
    await paintedAt(page, selector);
    await waitForQuiet(page, requests);
    return kb(await sizeOf(requests.filter(isScript)));
  });
}

/** Scripts that the document itself names, and all of them: what is left is loaded for the chart. */
async function spendBytes(browser, options) {
  return withColdPage(browser, options, async ({ page, requests }) => {
    const response = await page.goto('/spend');
    const html = (await response?.text()) ?? '';
    await paintedAt(page, 'figure svg');
    await waitForQuiet(page, requests);
    const scripts = requests.filter(isScript);
    const named = scripts.filter((request) => html.includes(new URL(request.url()).pathname));
    return { before: kb(await sizeOf(named)), all: kb(await sizeOf(scripts)) };
  });
}

/**
 * First-load JavaScript of three pages, from the answers of a production build.
 * @param {import('@playwright/test').Browser} browser
 * @param {{ url: string, state: object }} options
 */
export async function measureFirstLoad(browser, options) {
  const keys = await scriptBytes(browser, options, '/keys', '[data-key-id]');
  const signIn = await scriptBytes(browser, { url: options.url }, '/sign-in', 'form input[type=password]');
  const spend = await spendBytes(browser, options);
  return [
    { id: 'js-keys', value: keys },
    { id: 'js-sign-in', value: signIn },
    { id: 'js-spend-before', value: spend.before },
    { id: 'js-spend', value: spend.all },
  ];
}

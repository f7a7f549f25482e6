import { watchPage } from './watch-page.mjs';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** @param {string} executablePath */
export async function openBrowser(executablePath) {
  const { chromium } = await import('@playwright/test');
  return chromium.launch({ executablePath, args });
}

/**
 * Signs in through the page, and answers what a new window needs to be signed in.
 * @param {import('@playwright/test').Browser} browser
 * @param {{ url: string, account: { email: string, password: string } }} options
 */
export async function signIn(browser, { url, account }) {
  const context = await browser.newContext({ baseURL: url });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(({ pathname }) => pathname !== '/sign-in', { timeout: 60_000 });
  const state = await context.storageState();
  await context.close();
  return state;
}

/**
 * A window with an empty cache, a desktop's size, and every request noted.
 * @template T
 * @param {import('@playwright/test').Browser} browser
 * @param {{ url: string, state?: object }} options
 * @param {(tools: { page: import('@playwright/test').Page, cdp: import('@playwright/test').CDPSession,
 *   requests: import('@playwright/test').Request[] }) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withColdPage(browser, { url, state }, work) {
  const context = await browser.newContext({
    baseURL: url,
    storageState: state,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.addInitScript(watchPage);
    const cdp = await context.newCDPSession(page);
    const requests = [];
    page.on('request', (request) => requests.push(request));
    return await work({ page, cdp, requests });
  } finally {
    await context.close();
  }
}

/** The moment, on the page's own clock, at which `selector` was painted. */
export const paintedAt = (page, selector, not = '') =>
  page.evaluate(([wanted, unwanted]) => window.keywardBench.painted(wanted, unwanted), [selector, not]);

/** Waits until no request has begun for so long. */
export async function waitForQuiet(page, requests, quietMs = 1_000) {
  for (let count = -1; count !== requests.length; ) {
    count = requests.length;
    await page.waitForTimeout(quietMs);
  }
}

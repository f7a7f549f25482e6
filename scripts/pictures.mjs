import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { inRoot } from './lib/paths.mjs';
import { startSampleStack } from './lib/sample-stack.mjs';
import { runSession } from './lib/session.mjs';
import { findChromium } from './lib/tests/find-chromium.mjs';

// `npm run pictures`: takes the pictures of the README anew, from the running product with its sample data.

const dataDir = inRoot('.data', 'pictures');
const folder = inRoot('docs', 'pictures');
const browserArgs = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];

/** The key whose limit and deletion are shown: one with a monthly cap that its pace will meet. */
const shownKey = 'faq-answers';

async function editLimit(page) {
  await page.getByRole('searchbox', { name: 'Filter keys' }).fill(shownKey);
  await page
    .getByRole('button', { name: `Edit limit of ${shownKey}` })
    .first()
    .click();
  const amount = page.getByLabel('Amount, USD');
  await amount.fill('170');
  await page.getByText('UTC days').waitFor();
  await page.getByLabel(/Reason/).fill('Black Friday ticket volume, agreed with Support.');
  await page.getByLabel(/Reason/).blur();
}

async function openDelete(page) {
  await page.getByRole('searchbox', { name: 'Filter keys' }).fill(shownKey);
  await page
    .getByRole('button', { name: `Actions for ${shownKey}` })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByLabel("Type the key's name to confirm").fill(shownKey.slice(0, -2));
}

/** A webhook that leads to the sample's own inbox, tested. */
async function addWebhook(page, { inboxUrl }) {
  await page.getByRole('button', { name: 'Add webhook' }).first().click();
  await page.getByLabel('Name').fill('Ledger service');
  await page.getByLabel('Address').fill(`${inboxUrl}/hooks/ledger`);
  await page.getByRole('dialog').getByRole('button', { name: 'Add webhook' }).click();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Send a test to Ledger service' }).click();
  await page.getByText('took the test').waitFor();
}

async function openTeam(page) {
  await page.getByRole('link', { name: 'Payments', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Payments' }).waitFor();
}

/** Tried only: nothing is saved. */
async function tryRule(page) {
  await page.getByRole('button', { name: 'Add rule' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a rule' });
  await dialog.getByLabel('Name of the key').fill('*-dev');
  await dialog.getByLabel('Goes to the team').selectOption('Platform');
  await dialog.getByRole('button', { name: 'Add rule' }).click();
  await page.getByRole('button', { name: 'Try on all keys' }).click();
  await page.getByRole('table', { name: 'What the rules would do' }).waitFor();
}

const charts = (page) => page.locator('.recharts-bar-rectangle').first().waitFor();

const pictures = [
  { name: 'keys', path: '/keys' },
  { name: 'keys-dark', path: '/keys', theme: 'dark' },
  { name: 'limit', path: '/keys', act: editLimit },
  { name: 'delete', path: '/keys', act: openDelete },
  { name: 'spend', path: '/spend', act: charts },
  { name: 'overview', path: '/' },
  { name: 'connection', path: '/connections/1' },
  { name: 'audit', path: '/audit' },
  { name: 'notifications', path: '/notifications' },
  { name: 'webhooks', path: '/settings/webhooks', act: addWebhook },
  { name: 'deliveries', path: '/settings/webhooks/deliveries' },
  { name: 'keys-phone', path: '/keys', width: 390, height: 844 },
  { name: 'team', path: '/teams', act: openTeam },
  { name: 'assignment-rules', path: '/teams/rules', act: tryRule },
  { name: 'people-who-left', path: '/teams/left' },
  { name: 'my-team', path: '/team', role: 'lead' },
  { name: 'my-team-phone', path: '/team', role: 'lead', width: 390, height: 844 },
];

async function signIn(page, { email, password }) {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

async function takePicture(browser, { url: baseURL, inboxUrl }, storageState, picture) {
  const { name, path, act, theme = 'light', width = 1440, height = 900 } = picture;
  const context = await browser.newContext({
    baseURL,
    storageState,
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  const page = await context.newPage();
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  if (path === '/keys')
    await page
      .getByRole('button', { name: /^Edit limit of/ })
      .first()
      .waitFor();
  await act?.(page, { inboxUrl });
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await context.close();
}

await runSession(async (tools) => {
  const { board, supervisor } = tools;
  await board.step('Packages', (note) => ensureInstalled(supervisor, note));
  const logFolder = join(dataDir, 'logs');
  await board.step('Build', (note) =>
    ensureBuilt(supervisor, note, { logFile: join(logFolder, 'build.log') }),
  );
  const executablePath = await board.step('Chromium', (note) =>
    findChromium(supervisor, { note, logFolder }),
  );
  if (!executablePath) throw new Error('No Chromium is to be had. Name one by CHROMIUM.');
  rmSync(dataDir, { recursive: true, force: true });
  const options = { dataDir, port: 3200, emulatorPort: 4310, keys: 120, mode: 'start' };
  const { url, inboxUrl, accounts } = await startSampleStack(tools, options);
  mkdirSync(folder, { recursive: true });
  const { chromium } = await import('@playwright/test');
  const browser = await chromium.launch({ executablePath, args: browserArgs });
  try {
    const states = new Map();
    for (const role of ['admin', 'lead']) {
      const first = await browser.newContext({ baseURL: url });
      await signIn(
        await first.newPage(),
        accounts.find((account) => account.role === role),
      );
      states.set(role, await first.storageState());
    }
    for (const picture of pictures) {
      const state = states.get(picture.role ?? 'admin');
      await board.step(`Picture ${picture.name}`, () =>
        takePicture(browser, { url, inboxUrl }, state, picture),
      );
    }
  } finally {
    await browser.close();
  }
});

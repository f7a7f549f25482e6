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

/** The lead asks; the pictures after it show what was asked. */
async function ask(page) {
  await page.getByRole('link', { name: 'Ask for more for pricing-research', exact: true }).click();
  await page.getByLabel('Amount, USD').fill('600');
  await page.getByText('With $600 in all this key would').waitFor();
  await page.getByLabel('Why').fill('The price test runs until Christmas.');
  await page.getByLabel('Why').blur();
}

async function askAndSend(page) {
  await ask(page);
  await page.getByRole('button', { name: 'Ask for $600 in all' }).click();
  await page.getByText('Waits for approval', { exact: true }).waitFor();
}

async function openRequest(page) {
  await page.getByRole('link', { name: '$600 in all for pricing-research' }).first().click();
  await page.getByRole('heading', { level: 1, name: '$600 in all for pricing-research' }).waitFor();
  await page.getByRole('heading', { name: '60 days of spend' }).waitFor();
}

async function changeOutside(page, { openrouterUrl }) {
  const changes = [
    { op: 'create', name: 'made-in-a-hurry', limit: 50, limit_reset: 'monthly' },
    { op: 'update', key: 'checkout-assistant', limit: 900 },
  ];
  for (const change of changes) {
    const answer = await fetch(`${openrouterUrl}/__control/outside`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(change),
    });
    if (!answer.ok) throw new Error(`The emulator refused the change: ${await answer.text()}`);
  }
  await page.getByRole('button', { name: 'Read now: OpenRouter', exact: true }).click();
  const found = page.getByRole('link', { name: 'made-in-a-hurry' });
  for (let tries = 0; tries < 30 && (await found.count()) === 0; tries += 1) {
    await page.waitForTimeout(1_000);
    await page.goto('/drift');
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
  await found.first().waitFor();
}

async function openRotate(page) {
  await page.getByRole('searchbox', { name: 'Filter keys' }).fill(shownKey);
  await page
    .getByRole('button', { name: `Actions for ${shownKey}` })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Rotate…' }).click();
  await page.getByRole('dialog').waitFor();
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
  { name: 'ask', path: '/team', role: 'lead', act: ask },
  { name: 'ask-phone', path: '/team', role: 'lead', width: 390, height: 844, act: askAndSend },
  { name: 'requests', path: '/requests' },
  { name: 'request', path: '/requests', act: openRequest, height: 1300 },
  { name: 'request-phone', path: '/requests', act: openRequest, width: 390, height: 844 },
  { name: 'rules-of-asking', path: '/settings/requests' },
  { name: 'drift', path: '/connections', act: changeOutside },
  { name: 'rotate', path: '/keys', act: openRotate },
  { name: 'changes', path: '/changes' },
];

async function signIn(page, { email, password }) {
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

async function takePicture(browser, { url: baseURL, ...addresses }, storageState, picture) {
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
  await act?.(page, addresses);
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
  const { url, accounts, ...addresses } = await startSampleStack(tools, options);
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
        takePicture(browser, { url, ...addresses }, state, picture),
      );
    }
  } finally {
    await browser.close();
  }
});

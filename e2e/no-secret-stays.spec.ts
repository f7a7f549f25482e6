import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { connect } from './connect';
import type { ConsoleServer } from './console-server';
import { disguisesOf } from './disguises';
import { expect, test } from './fixtures';

// What a test connects would stand in the tables of the others.
test.use({ isFilled: false });

const CONNECTION = 'Secrets account';

/** Reads every body on its way to a browser: what a left page answered is in it too. */
async function watch(context: BrowserContext) {
  const bodies: string[] = [];
  await context.route('**/*', async (route) => {
    try {
      const response = await route.fetch({ maxRedirects: 0 });
      const body = await response.body();
      bodies.push(body.toString('utf8'));
      await route.fulfill({ response, body });
    } catch {
      // The page that asked was left: nobody gets the answer.
      await route.abort().catch(() => undefined);
    }
  });
  return {
    count: (secret: string) => bodies.filter((body) => body.includes(secret)).length,
    total: () => bodies.length,
  };
}

/** Cookies, local storage, IndexedDB, session storage, history and the caches of the browser. */
async function storedIn(page: Page): Promise<string> {
  const state = await page.context().storageState({ indexedDB: true });
  const rest = await page.evaluate(async () => {
    const names = 'caches' in window ? await caches.keys() : [];
    return JSON.stringify([Object.entries(sessionStorage), window.history.state, document.cookie, names]);
  });
  return JSON.stringify(state) + rest;
}

/** Every file of the console: its database, its logs, its anchors. */
async function textOfFiles(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    // A file of a running database may go away meanwhile.
    files.map((file) => readFile(join(file.parentPath, file.name), 'latin1').catch(() => '')),
  );
  return texts.join('\n');
}

async function startCreate(page: Page, name: string) {
  await page.goto('/keys');
  await page.getByRole('button', { name: 'Create key' }).click();
  const create = page.getByRole('dialog', { name: 'Create key' });
  const option = create.getByLabel('Connection').getByRole('option').filter({ hasText: CONNECTION });
  await create.getByLabel('Connection').selectOption((await option.getAttribute('value')) ?? '');
  await create.getByLabel('Name').fill(name);
  await create.getByLabel('Amount, USD').fill('25');
  return create;
}

async function createShown(page: Page, name: string): Promise<void> {
  const create = await startCreate(page, name);
  await create.getByRole('button', { name: 'Create key' }).click();
  const reveal = page.getByRole('dialog', { name: `“${name}” was created` });
  await expect(reveal.getByTestId('new-secret')).toBeVisible({ timeout: 30_000 });
  await reveal.getByLabel('I have stored the secret').check();
  await reveal.getByRole('button', { name: 'Done' }).click();
  await expect(reveal).toBeHidden();
}

async function createHandedOver(page: Page, name: string): Promise<string> {
  const create = await startCreate(page, name);
  await create.getByRole('radio', { name: 'Hand it over' }).check();
  await create.getByRole('button', { name: 'Create key and make link' }).click();
  const made = page.getByRole('dialog', { name: `“${name}” was created` });
  const link = await made.getByLabel('Link to pick the secret up').inputValue();
  await made.getByRole('button', { name: 'Done' }).click();
  await made.getByRole('button', { name: 'Close and lose the link' }).click();
  await expect(made).toBeHidden();
  return link;
}

async function visitEveryPage(page: Page, names: readonly string[]): Promise<void> {
  const paths = ['/', '/keys', '/keys?status=all', '/spend', '/teams', '/changes', '/hand-overs', '/audit'];
  for (const path of [...paths, '/connections', '/members', '/account', '/keys/bulk']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  for (const name of names) {
    await page.goto(`/keys?status=all&q=${name}`);
    await page.getByRole('link', { name, exact: true }).first().click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await page.goto(page.url());
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  }
  for (const path of ['/api/keys', '/api/changes', '/api/incidents', '/api/audit/export?format=jsonl']) {
    await page.evaluate(async (address) => (await fetch(address)).text(), path);
  }
}

function secretsOf(keys: Iterable<{ name: string; secret: string }>, name: string): string[] {
  return [...keys].filter((key) => key.name === name).map(({ secret }) => secret);
}

function leaksIn(text: string, secrets: readonly string[]): readonly string[] {
  return secrets.filter((secret) => disguisesOf(secret).some((disguise) => text.includes(disguise)));
}

async function expectNothingKept(
  page: Page,
  server: ConsoleServer,
  secrets: readonly string[],
): Promise<void> {
  expect(leaksIn(await storedIn(page), secrets)).toEqual([]);
  expect(leaksIn(await page.content(), secrets)).toEqual([]);
  const files = await textOfFiles(server.dataDir);
  // The search would find what is there: the names of the keys are.
  expect(files).toContain('secret-shown');
  expect(leaksIn(files, secrets)).toEqual([]);
}

test('no secret of any key stays in a page, a browser, a log or the database', async ({
  page,
  browser,
  baseURL,
  console: server,
  signIn,
  openrouter,
}) => {
  test.setTimeout(240_000);
  await signIn(page, 'admin');
  const { url, managementKey, controlUrl } = openrouter;
  await connect(page, { provider: 'OpenRouter', name: CONNECTION, baseUrl: url, managementKey });
  const admin = await watch(page.context());

  await createShown(page, 'secret-shown');
  const link = await createHandedOver(page, 'secret-handed');
  const visitorContext = await browser.newContext({ baseURL });
  const visited = await watch(visitorContext);
  const visitor = await visitorContext.newPage();
  await visitor.goto(link);
  await visitor.getByRole('button', { name: 'Reveal the secret' }).click();
  await expect(visitor.getByTestId('new-secret')).toBeVisible();
  const revealed = await visitor.getByTestId('new-secret').textContent();
  await visitor.getByLabel('I have stored the secret').check();
  await visitor.getByRole('button', { name: 'Done' }).click();
  await createHandedOver(page, 'secret-waiting');

  // The answer of a create is lost: the key that nobody saw goes, and another one is shown.
  await fetch(`${controlUrl}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ route: 'POST /api/v1/keys', times: 1, drop: 'after' }),
  });
  await createShown(page, 'secret-lost');

  const of = (name: string) => secretsOf(openrouter.state.keys.values(), name);
  const [shown = ''] = of('secret-shown');
  const [handed = ''] = of('secret-handed');
  const [waiting = ''] = of('secret-waiting');
  const [orphan = '', second = ''] = of('secret-lost');
  const secrets = [shown, handed, waiting, orphan, second];
  for (const secret of secrets) expect(secret.length).toBeGreaterThan(20);

  await visitEveryPage(page, ['secret-shown', 'secret-handed', 'secret-waiting']);
  expect(admin.total()).toBeGreaterThan(50);
  // Each secret that was shown came in one answer alone, and no other in any.
  expect(secrets.map((secret) => admin.count(secret))).toEqual([1, 0, 0, 0, 1]);
  expect(revealed).toBe(handed);
  expect(visited.count(handed)).toBe(1);
  await expectNothingKept(page, server, [...secrets, managementKey]);
  expect(leaksIn(await storedIn(visitor), secrets)).toEqual([]);
  expect(leaksIn(await visitor.content(), secrets)).toEqual([]);
  await visitorContext.close();
});

import type { BrowserContext, Page } from '@playwright/test';
import { z } from 'zod';
import { connect, findKey } from './connect';
import { expect, test } from './fixtures';

// What a test connects would stand in the tables of the others.
test.use({ isFilled: false });

type Emulator = { readonly url: string; readonly controlUrl: string; readonly managementKey: string };
type Terms = {
  readonly connection: string;
  readonly to?: string;
  readonly lifetime?: string;
  readonly isSignInNeeded?: boolean;
};

const stateSchema = z.object({ keys: z.array(z.object({ name: z.string(), secret: z.string() })) });

/** The secret as the provider knows it. */
async function secretOf(emulator: Emulator, name: string): Promise<string> {
  const response = await fetch(`${emulator.controlUrl}/state?new=true`);
  const key = stateSchema.parse(await response.json()).keys.find((candidate) => candidate.name === name);
  if (!key) throw new Error(`${name} is not at the emulator.`);
  return key.secret;
}

/** Creates a key as an admin does, its secret handed over; answers the link. */
async function handOver(page: Page, name: string, terms: Terms): Promise<string> {
  await page.goto('/keys');
  await page.getByRole('button', { name: 'Create key' }).click();
  const create = page.getByRole('dialog', { name: 'Create key' });
  const connection = create.getByLabel('Connection');
  const option = connection.getByRole('option').filter({ hasText: terms.connection });
  await connection.selectOption((await option.getAttribute('value')) ?? '');
  await create.getByLabel('Name').fill(name);
  await create.getByLabel('Amount, USD').fill('25');
  await create.getByRole('radio', { name: 'Hand it over' }).check();
  if (terms.to) await create.getByRole('combobox', { name: /^To\b/ }).selectOption({ label: terms.to });
  if (terms.lifetime) await create.getByRole('radio', { name: terms.lifetime }).check();
  if (terms.isSignInNeeded) await create.getByLabel('Only after signing in').check();
  await create.getByRole('button', { name: 'Create key and make link' }).click();
  const made = page.getByRole('dialog', { name: `“${name}” was created` });
  const link = await made.getByLabel('Link to pick the secret up').inputValue();
  await made.getByRole('button', { name: 'Done' }).click();
  await expect(made.getByText('The link was not copied.')).toBeVisible();
  await made.getByRole('button', { name: 'Close and lose the link' }).click();
  await expect(made).toBeHidden();
  return link;
}

/** Everything that the servers answer and that the browser asks for, by every page of a context. */
function watch(context: BrowserContext) {
  const bodies: Promise<string>[] = [];
  const addresses: string[] = [];
  context.on('request', (request) => addresses.push(request.url(), request.headers().referer ?? ''));
  context.on('response', (response) => bodies.push(response.text().catch(() => '')));
  return { addresses, answers: async () => (await Promise.all(bodies)).join('\n') };
}

/** What the browser keeps beyond the page. */
async function storedIn(page: Page): Promise<string> {
  const state = await page.context().storageState({ indexedDB: true });
  const session = await page.evaluate(() => JSON.stringify(Object.entries(window.sessionStorage)));
  const history = await page.evaluate(() => JSON.stringify(window.history.state));
  return JSON.stringify(state) + session + history;
}

const keyOf = (link: string) => new URL(link).hash.slice(1);

async function openConnection(page: Page, openrouter: Emulator, name: string): Promise<void> {
  const { url: baseUrl, managementKey } = openrouter;
  await connect(page, { provider: 'OpenRouter', name, baseUrl, managementKey });
}

test('a secret goes to someone without an account, once, and stays nowhere', async ({
  page,
  browser,
  baseURL,
  request,
  signIn,
  openrouter,
}) => {
  test.slow();
  const keyName = 'handed to a contractor';
  await signIn(page, 'admin');
  await openConnection(page, openrouter, 'Hand-over account');
  const admin = watch(page.context());
  const link = await handOver(page, keyName, { connection: 'Hand-over account', lifetime: '1 hour' });
  const secret = await secretOf(openrouter, keyName);
  expect(link).toMatch(/\/pick-up\/[0-9a-f-]{36}#[\w-]{43}$/);
  expect(await admin.answers()).not.toContain(secret);
  expect(await page.content()).not.toContain(keyOf(link));

  // A scanner fetches the address, and another one draws the page; neither clicks.
  const address = link.replace(/#.*/, '');
  for (const method of ['GET', 'HEAD', 'POST']) await request.fetch(address, { method });
  const scanner = await browser.newContext({ baseURL });
  const scanned = await scanner.newPage();
  await scanned.goto(link);
  await expect(scanned.getByRole('button', { name: 'Reveal the secret' })).toBeEnabled();
  await scanner.close();

  const context = await browser.newContext({ baseURL });
  const seen = watch(context);
  const visitor = await context.newPage();
  await visitor.goto(link);
  await expect(visitor.getByText(keyName)).toBeVisible();
  await expect(visitor.getByText('OpenRouter')).toBeVisible();
  expect(await visitor.content()).not.toContain(secret);
  await visitor.getByRole('button', { name: 'Reveal the secret' }).click();
  await expect(visitor.getByTestId('new-secret')).toHaveText(secret);
  expect(new URL(visitor.url()).hash).toBe('');
  const done = visitor.getByRole('button', { name: 'Done' });
  await done.click();
  await expect(visitor.getByText('was not copied, downloaded or confirmed')).toBeVisible();
  await visitor.getByLabel('I have stored the secret').check();
  await done.click();
  await expect(visitor.getByText('That was the secret')).toBeVisible();

  expect(await visitor.content()).not.toContain(secret);
  const stored = await storedIn(visitor);
  expect(stored).not.toContain(secret);
  expect(stored).not.toContain(keyOf(link));
  expect(seen.addresses.join('\n')).not.toContain(keyOf(link));

  await visitor.goto('about:blank');
  await visitor.goBack();
  await expect(visitor.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await visitor.content()).not.toContain(secret);
  await visitor.goto('about:blank');
  await visitor.goto(link);
  await expect(visitor.getByText('The secret was picked up', { exact: true })).toBeVisible();
  await context.close();

  await page.goto('/keys');
  const row = await findKey(page, keyName, 'Hand-over account');
  await row.getByRole('link', { name: keyName, exact: true }).click();
  const told = page.getByRole('region', { name: 'Hand-overs' });
  await expect(told.getByText('Picked up')).toBeVisible();
  await expect(told.getByText('someone with the link, not signed in')).toBeVisible();
  await page.goto('/hand-overs');
  const sent = page.getByRole('listitem').filter({ hasText: keyName });
  await expect(sent).toContainText('Picked up');
  await expect(sent).toContainText('someone with the link, not signed in');
  expect(await admin.answers()).not.toContain(secret);
});

test('a page that was left with the secret on it shows nothing on the way back', async ({
  page,
  browser,
  baseURL,
  signIn,
  openrouter,
}) => {
  await signIn(page, 'admin');
  await openConnection(page, openrouter, 'Left account');
  const link = await handOver(page, 'left on the screen', { connection: 'Left account' });
  const secret = await secretOf(openrouter, 'left on the screen');
  const context = await browser.newContext({ baseURL });
  const visitor = await context.newPage();
  await visitor.goto(link);
  await visitor.getByRole('button', { name: 'Reveal the secret' }).click();
  await expect(visitor.getByTestId('new-secret')).toHaveText(secret);
  await visitor.getByLabel('I have stored the secret').check();
  // A browser may keep a page that is left as it stands; this one then holds nothing any more.
  await visitor.evaluate(() =>
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })),
  );
  expect(await visitor.content()).not.toContain(secret);
  await visitor.goto('/sign-in');
  await visitor.goBack();
  await expect(visitor.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(visitor.getByTestId('new-secret')).toBeHidden();
  expect(await visitor.content()).not.toContain(secret);
  await context.close();
});

test('a named person signs in on the way, and the link is not lost', async ({
  page,
  browser,
  baseURL,
  console: server,
  signIn,
  openrouter,
}) => {
  const keyName = 'for the lead alone';
  const lead = server.accounts.find(({ role }) => role === 'lead');
  if (!lead) throw new Error('There is no lead.');
  await signIn(page, 'admin');
  await openConnection(page, openrouter, 'Named account');
  await page.goto('/members');
  const member = page.getByRole('row').filter({ hasText: lead.email });
  const name = ((await member.getByRole('paragraph').first().textContent()) ?? '').trim();
  const link = await handOver(page, keyName, { connection: 'Named account', to: name });
  const secret = await secretOf(openrouter, keyName);

  const other = await browser.newContext({ baseURL });
  const stranger = await other.newPage();
  await signIn(stranger, 'finance');
  await stranger.goto(link);
  await expect(stranger.getByText(`This is meant for ${name}.`)).toBeVisible();
  await expect(stranger.getByRole('button', { name: 'Reveal the secret' })).toBeHidden();
  await other.close();

  const context = await browser.newContext({ baseURL });
  const seen = watch(context);
  const visitor = await context.newPage();
  await visitor.goto(link);
  await expect(visitor.getByText(`It is meant for ${name}. Sign in to reveal it.`)).toBeVisible();
  await visitor.getByLabel('Email').fill(lead.email);
  await visitor.getByLabel('Password', { exact: true }).fill(lead.password);
  await visitor.getByRole('button', { name: 'Sign in', exact: true }).click();
  const reveal = visitor.getByRole('button', { name: 'Reveal the secret' });
  await expect(reveal).toBeEnabled();
  expect(await storedIn(visitor)).not.toContain(keyOf(link));
  await reveal.click();
  await expect(visitor.getByTestId('new-secret')).toHaveText(secret);
  await visitor.getByLabel('I have stored the secret').check();
  await visitor.getByRole('button', { name: 'Done' }).click();
  expect(await storedIn(visitor)).not.toContain(secret);
  expect(seen.addresses.join('\n')).not.toContain(keyOf(link));
  await context.close();

  await page.goto('/keys');
  const row = await findKey(page, keyName, 'Named account');
  await row.getByRole('link', { name: keyName, exact: true }).click();
  await expect(page.getByRole('region', { name: 'Hand-overs' }).getByText(`by ${name}.`)).toBeVisible();
});

test('a withdrawn link opens nothing and its key is disabled; an incomplete one says so', async ({
  page,
  browser,
  baseURL,
  signIn,
  openrouter,
}) => {
  const keyName = 'sent to the wrong one';
  await signIn(page, 'admin');
  await openConnection(page, openrouter, 'Withdrawn account');
  const link = await handOver(page, keyName, { connection: 'Withdrawn account' });
  const context = await browser.newContext({ baseURL });
  const visitor = await context.newPage();
  await visitor.goto(link.slice(0, -5));
  await expect(visitor.getByText('This link opens nothing.')).toBeVisible();
  await visitor.goto('about:blank');
  await visitor.goto(`${link.replace(/#.*/, '')}#${'A'.repeat(43)}`);
  await visitor.getByRole('button', { name: 'Reveal the secret' }).click();
  await expect(visitor.getByText('This link opens nothing.')).toBeVisible();
  await visitor.goto('/pick-up/00000000-0000-4000-8000-000000000000');
  await expect(visitor.getByText('This link opens nothing')).toBeVisible();

  await page.goto('/keys');
  const row = await findKey(page, keyName, 'Withdrawn account');
  await row.getByRole('link', { name: keyName, exact: true }).click();
  const told = page.getByRole('region', { name: 'Hand-overs' });
  await told.getByRole('button', { name: 'Withdraw…' }).click();
  await page.getByRole('button', { name: 'Withdraw and stop the key' }).click();
  await expect(told.getByText('Withdrawn')).toBeVisible();
  await expect(page.getByText('Disabled', { exact: true }).first()).toBeVisible();
  await visitor.goto('about:blank');
  await visitor.goto(link);
  await expect(visitor.getByText('This hand-over was withdrawn')).toBeVisible();
  await context.close();
});

import type { Browser, Page } from '@playwright/test';
import type { ConsoleServer } from './console-server';
import { expect, type Role, test } from './fixtures';

const PHONE = { width: 390, height: 844 };

type SignIn = (page: Page, role: Role) => Promise<void>;

/** Someone signed in with a browser of their own, at the same time as the others. */
async function person(browser: Browser, server: ConsoleServer, signIn: SignIn, role: Role): Promise<Page> {
  const context = await browser.newContext({
    baseURL: server.url,
    ...(role === 'lead' ? { viewport: PHONE, hasTouch: true, isMobile: true } : {}),
  });
  const page = await context.newPage();
  await signIn(page, role);
  return page;
}

async function breakProvider(controlUrl: string): Promise<void> {
  await fetch(`${controlUrl}/faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ route: 'GET /api/v1/keys/*', times: 1_000, status: 503 }),
  });
}

async function mendProvider(controlUrl: string): Promise<void> {
  await fetch(`${controlUrl}/faults`, { method: 'DELETE' });
}

const state = (page: Page, words: string) => page.getByText(words, { exact: true });

test('a lead asks on a phone, an admin cuts the amount, the provider is away at first, then it holds', async ({
  browser,
  console: server,
  signIn,
  openrouter,
}) => {
  test.setTimeout(120_000);
  const limitNow = () =>
    [...openrouter.state.keys.values()].find(({ name }) => name === 'pricing-research')?.limit ?? null;
  const lead = await person(browser, server, signIn, 'lead');
  const admin = await person(browser, server, signIn, 'admin');
  const finance = await person(browser, server, signIn, 'finance');

  await lead.goto('/team');
  await lead.getByRole('link', { name: 'Ask for more for pricing-research' }).click();
  await expect(lead.getByRole('heading', { level: 1, name: 'Ask for more: pricing-research' })).toBeVisible();
  await expect(lead.getByRole('figure', { name: /^Spend of pricing-research/ })).toBeVisible();
  await lead.getByLabel('Amount, USD').fill('2000');
  await expect(lead.getByText('Needs two approvers.')).toBeVisible();
  await lead.getByLabel('Amount, USD').fill('600');
  await expect(lead.getByText('Needs one approver.')).toBeVisible();
  await expect(lead.getByText('With $600 in all this key would')).toBeVisible();
  await lead.getByRole('button', { name: 'Ask for $600 in all' }).click();
  await expect(lead.getByLabel('Why')).toHaveAccessibleDescription(/Say why/);
  await lead.getByLabel('Why').fill('The price test runs until Christmas.');
  await lead.getByRole('button', { name: 'Ask for $600 in all' }).click();
  await expect(state(lead, 'Waits for approval')).toBeVisible();
  await expect(lead.getByRole('button', { name: /^Approve/ })).toHaveCount(0);
  const { pathname } = new URL(lead.url());

  await finance.goto(pathname);
  await expect(finance.getByText('The price test runs until Christmas.').first()).toBeVisible();
  await expect(finance.getByRole('button', { name: /^(Approve|Decline)/ })).toHaveCount(0);
  await finance.getByLabel('Comment').fill('The budget holds it.');
  await finance.getByRole('button', { name: 'Comment' }).click();
  await expect(finance.getByRole('listitem').filter({ hasText: 'The budget holds it.' })).toBeVisible();

  await admin.goto('/');
  await expect(admin.getByRole('link', { name: /requests? waits? for you/ })).toBeVisible();
  await admin.getByRole('link', { name: /^Requests/ }).click();
  await admin.getByRole('link', { name: '$600 in all for pricing-research' }).click();
  await expect(admin.getByText('The budget holds it.')).toBeVisible();
  await breakProvider(openrouter.controlUrl);
  await admin.getByRole('button', { name: 'Less…' }).click();
  await admin.getByLabel('Amount, USD in all').fill('500');
  await admin.getByRole('button', { name: 'Approve $500 in all' }).click();
  await expect(admin.getByText('Approved, and not in effect yet.')).toBeVisible({ timeout: 30_000 });
  expect(limitNow()).toBe(400);
  await lead.reload();
  await expect(lead.getByText('Approved, and not in effect yet.')).toBeVisible();

  await mendProvider(openrouter.controlUrl);
  await admin.getByRole('button', { name: 'Try again now' }).click();
  await expect(admin.getByText('In effect at OpenRouter:')).toBeVisible({ timeout: 30_000 });
  expect(limitNow()).toBe(500);
  await lead.reload();
  await expect(state(lead, 'In effect')).toBeVisible();
  await expect(lead.getByText('$500 in all.', { exact: false }).first()).toBeVisible();
});

test('a wish for a new key is changed after a question, and the granted key’s secret waits for who asked alone', async ({
  browser,
  console: server,
  signIn,
  openrouter,
}) => {
  test.setTimeout(120_000);
  const lead = await person(browser, server, signIn, 'lead');
  const admin = await person(browser, server, signIn, 'admin');
  await lead.goto('/requests/new?kind=new_key');
  await lead.getByLabel('Name of the key').fill('asked-for-bot');
  await lead.getByLabel('Where').selectOption({ label: 'OpenRouter' });
  await lead.getByLabel('Team').selectOption({ label: 'Payments' });
  await lead.getByLabel('Amount, USD').fill('25');
  const workspaces = lead.getByLabel('Workspace').getByRole('option');
  const workspace = (await workspaces.last().textContent()) ?? '';
  await lead.getByLabel('Workspace').selectOption({ label: workspace });
  await lead.getByLabel('Count own provider keys (BYOK) in the limit').check();
  await expect(lead.getByText('Needs one approver.')).toBeVisible();
  await lead.getByLabel('Why').fill('A bot for the shop floor');
  await lead.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(state(lead, 'Waits for approval')).toBeVisible();
  const { pathname } = new URL(lead.url());

  await admin.goto(pathname);
  await admin.getByRole('button', { name: 'Ask back…' }).click();
  await admin.getByLabel('What do you need to know?').fill('Which shop?');
  await admin.getByRole('button', { name: 'Ask back' }).click();
  await expect(state(admin, 'Waits for an answer')).toBeVisible();
  await lead.reload();
  await lead.getByLabel('Your answer').fill('The one in Lyon');
  await lead.getByRole('button', { name: 'Answer' }).click();
  await expect(state(lead, 'Waits for approval')).toBeVisible();
  await admin.reload();
  await expect(admin.getByText('The one in Lyon')).toBeVisible();
  await expect(admin.getByRole('definition').filter({ hasText: workspace })).toBeVisible();

  await lead.getByRole('link', { name: 'Change it…' }).click();
  await expect(lead.getByRole('heading', { level: 1, name: /^Change: New key asked-for-bot/ })).toBeVisible();
  await expect(lead.getByLabel('Workspace')).toHaveValue(/^\d+$/);
  await lead.getByLabel('Amount, USD').fill('20');
  await lead.getByRole('button', { name: 'Ask anew' }).click();
  await expect(lead.getByText('Limit: $25 monthly, now $20 monthly').first()).toBeVisible();

  await admin.reload();
  await expect(admin.getByText('Priya Raman changed this since it was asked for.')).toBeVisible();
  await admin.getByRole('button', { name: /^Approve A new key, \$20/ }).click();
  await expect(state(admin, 'In effect')).toBeVisible({ timeout: 30_000 });
  await expect(admin.getByRole('button', { name: 'Reveal the secret' })).toHaveCount(0);
  const made = [...openrouter.state.keys.values()].find(({ name }) => name === 'asked-for-bot');
  const place = openrouter.state.workspaces.get(made?.workspaceId ?? '');
  expect(made).toMatchObject({ limit: 20, includeByokInLimit: true });
  expect(place?.name).toBe(workspace);

  await lead.reload();
  await lead.getByRole('button', { name: 'Reveal the secret' }).click();
  const secret = await lead.getByTestId('new-secret').textContent();
  expect(secret).toMatch(/^sk-or-v1-/);
  expect(await admin.content()).not.toContain(secret);
  await lead.getByLabel('I have stored the secret').check();
  await lead.getByRole('button', { name: 'Done' }).click();
  await lead.reload();
  await expect(lead.getByText('You picked the secret up.')).toBeVisible();
});

test('rules of asking: an envelope lets small raises through, and says what it would have caught', async ({
  browser,
  console: server,
  signIn,
}) => {
  test.setTimeout(120_000);
  const lead = await person(browser, server, signIn, 'lead');
  const admin = await person(browser, server, signIn, 'admin');
  await admin.goto('/settings/requests');
  await admin.getByLabel('Let a team differ').selectOption({ label: 'Payments' });
  const own = admin.getByRole('region', { name: 'Where a team differs' });
  await own.getByLabel('Envelope of each team, USD a month').fill('lots');
  await expect(own.getByText('Enter an amount in dollars.')).toBeVisible();
  await expect(admin.getByRole('button', { name: 'Set rules' })).toBeDisabled();
  await own.getByLabel('Envelope of each team, USD a month').fill('100');
  await admin.getByRole('button', { name: 'Set rules' }).click();
  await expect(admin.getByText('The rules hold from now on.')).toBeVisible();

  await lead.goto('/team');
  await lead.getByRole('link', { name: 'Ask for more for fraud-review', exact: true }).click();
  await lead.getByRole('radio', { name: 'By an amount' }).check();
  await lead.getByLabel('More by, USD').fill('40');
  await expect(lead.getByText('Nobody needs to approve this.')).toBeVisible();
  await lead.getByLabel('Why').fill('More orders in the season');
  await lead.getByRole('button', { name: 'Set $42 in all' }).click();
  await expect(state(lead, 'In effect')).toBeVisible({ timeout: 30_000 });
  await expect(lead.getByText('approved it by rule')).toBeVisible();

  await admin.reload();
  await expect(admin.getByText('$40.00 of its envelope was used this month.')).toBeVisible();
  await admin.getByLabel('Two people above, USD a month').first().fill('30');
  const caught = admin.getByRole('table', { name: 'Changes that would have been asked for' });
  await expect(caught.getByRole('row').filter({ hasText: 'fraud-review' })).toContainText('Two people');

  await lead.goto('/settings/requests');
  await expect(lead.getByText('Admins set who must agree to what.')).toBeVisible();
});

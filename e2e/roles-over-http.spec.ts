import type { APIRequestContext, BrowserContext, Page, Request } from '@playwright/test';
import { expect, test } from './fixtures';
import { openKeyTable, pickAction } from './key-table';
import { inviteMember } from './people';

type Captured = {
  readonly title: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer;
};

/** Runs what an admin does, and keeps the last server action that it sent. */
async function capture(page: Page, title: string, act: () => Promise<void>): Promise<Captured> {
  const sent: Request[] = [];
  const listen = (request: Request) => {
    if (request.method() === 'POST' && request.headers()['next-action']) sent.push(request);
  };
  page.on('request', listen);
  await act();
  await expect.poll(() => sent.length, { message: `${title} sends a server action` }).toBeGreaterThan(0);
  page.off('request', listen);
  const request = sent.at(-1);
  if (!request) throw new Error(`${title} sent nothing.`);
  const kept = ['accept', 'content-type', 'next-action', 'next-router-state-tree', 'origin', 'referer'];
  const all = await request.allHeaders();
  const headers = Object.fromEntries(Object.entries(all).filter(([name]) => kept.includes(name)));
  return { title, url: request.url(), headers, body: request.postDataBuffer() ?? Buffer.alloc(0) };
}

/** Sends a captured action again, with whatever cookies this browser has. */
async function replay(request: APIRequestContext, { url, headers, body }: Captured): Promise<string> {
  const response = await request.post(url, { headers, data: body, maxRedirects: 0 });
  return response.text();
}

async function captureChanges(page: Page): Promise<Captured[]> {
  const captured: Captured[] = [];
  const keep = async (title: string, act: () => Promise<void>) => {
    captured.push(await capture(page, title, act));
  };
  await openKeyTable(page, '?q=sentiment-feed-dev');
  await keep('disable', async () => {
    await pickAction(page, 'sentiment-feed-dev', 'Disable');
    await expect(page.getByText('sentiment-feed-dev is disabled.')).toBeVisible();
  });
  await keep('enable', async () => {
    await pickAction(page, 'sentiment-feed-dev', 'Enable');
    await expect(page.getByText('sentiment-feed-dev is enabled again.')).toBeVisible();
  });
  await keep('limit', async () => {
    await page.getByRole('button', { name: /^Edit limit of sentiment-feed-dev:/ }).click();
    const edit = page.getByRole('dialog', { name: 'Edit limit' });
    await edit.getByLabel('Amount, USD').fill('31');
    await edit.getByRole('button', { name: /^Raise limit/ }).click();
    await expect(edit).toBeHidden();
  });
  await keep('assign', async () => {
    await pickAction(page, 'sentiment-feed-dev', 'Assign team and owner…');
    const assign = page.getByRole('dialog', { name: 'Team and owner' });
    await assign.getByLabel('Team').selectOption('Legal');
    await assign.getByRole('button', { name: 'Assign key' }).click();
    await expect(assign).toBeHidden();
  });
  await keep('create key', async () => {
    await page.getByRole('button', { name: 'Create key' }).click();
    const create = page.getByRole('dialog', { name: 'Create key' });
    await create.getByLabel('Name').fill('replayed-key');
    await create.getByLabel('Amount, USD').fill('5');
    await create.getByRole('button', { name: 'Create key' }).click();
    const reveal = page.getByRole('dialog', { name: '“replayed-key” was created' });
    await reveal.getByLabel('I have stored the secret').check();
    await reveal.getByRole('button', { name: 'Done' }).click();
  });
  await keep('invite', async () => {
    await inviteMember(page, 'replayed@example.com', 'Admin');
  });
  await keep('create team', async () => {
    await page.goto('/teams');
    await page.getByRole('button', { name: 'Create team' }).click();
    const create = page.getByRole('dialog', { name: 'Create a team' });
    await create.getByLabel('Name').fill('Replayed team');
    await create.getByRole('button', { name: 'Create team' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Replayed team' })).toBeVisible();
  });
  await keep('pause', async () => {
    await page.goto('/connections');
    await page.getByRole('link', { name: 'Requesty', exact: true }).click();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Pause' }).click();
    await expect(page.getByText('Nothing is read or changed through this connection.')).toBeVisible();
  });
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Resume' }).click();
  await expect(page.getByText('Nothing is read or changed through this connection.')).toBeHidden();
  return captured;
}

test('an admin’s actions, sent again by finance, a lead or nobody, are refused and change nothing', async ({
  page,
  browser,
  console: server,
  signIn,
  openrouter,
}) => {
  test.slow();
  await signIn(page, 'admin');
  const captured = await captureChanges(page);
  const contexts: BrowserContext[] = [];
  const as = async (role: 'finance' | 'lead' | null) => {
    const context = await browser.newContext({ baseURL: server.url });
    contexts.push(context);
    if (role) await signIn(await context.newPage(), role);
    return context.request;
  };
  const strangers = [
    { who: 'finance', request: await as('finance'), code: 'forbidden' },
    { who: 'a lead', request: await as('lead'), code: 'forbidden' },
    { who: 'nobody', request: await as(null), code: 'signed_out' },
  ];
  const stateOf = () => JSON.stringify([...openrouter.state.keys.values()]);
  const before = stateOf();
  openrouter.calls.clear();
  for (const { who, request, code } of strangers) {
    for (const change of captured) {
      const answer = await replay(request, change);
      expect(answer, `${change.title} by ${who}`).toContain(`"code":"${code}"`);
      expect(answer, `${change.title} by ${who}`).not.toContain('"ok":true');
    }
  }
  expect(stateOf()).toBe(before);
  expect(openrouter.calls.list().filter(({ method }) => method !== 'GET')).toEqual([]);
  await page.goto('/teams');
  await expect(page.getByRole('link', { name: 'Replayed team', exact: true })).toHaveCount(1);
  await page.goto('/connections');
  await expect(page.getByRole('row').filter({ hasText: 'Requesty' }).first()).toContainText('Active');

  // The same bytes from the admin do take effect: what was refused above was a real change.
  const disable = captured.find(({ title }) => title === 'disable');
  if (!disable) throw new Error('No action disables a key.');
  expect(await replay(page.request, disable)).toContain('"ok":true');
  const key = [...openrouter.state.keys.values()].find(({ name }) => name === 'sentiment-feed-dev');
  expect(key?.disabled).toBe(true);
  for (const context of contexts) await context.close();
});

test('reads and exports over HTTP follow the role: nobody gets none, a lead the own teams alone', async ({
  page,
  browser,
  console: server,
  signIn,
}) => {
  const today = new Date().toISOString().slice(0, 10);
  const range = `from=${today.slice(0, 7)}-01&to=${today}`;
  await signIn(page, 'admin');
  const all = await page.request.get('/api/keys/export');
  const csv = await all.text();
  const unseen = csv.split('\n').find((line) => line.includes('recipe-parser,')) ?? '';
  const keyId = unseen.split(',')[0] ?? '';
  expect(Number(keyId)).toBeGreaterThan(0);
  const expected: Record<string, { finance: number; lead: number }> = {
    '/api/keys': { finance: 200, lead: 200 },
    '/api/keys/recent': { finance: 200, lead: 200 },
    '/api/keys/export': { finance: 200, lead: 200 },
    [`/api/keys/${keyId}`]: { finance: 200, lead: 404 },
    [`/api/keys/${keyId}/usage?${range}`]: { finance: 200, lead: 404 },
    [`/api/keys/${keyId}/days?${range}`]: { finance: 200, lead: 404 },
    [`/api/spend?${range}&by=team`]: { finance: 200, lead: 200 },
    [`/api/spend/export?${range}&by=key`]: { finance: 200, lead: 200 },
    '/api/connections': { finance: 200, lead: 403 },
    '/api/connections/1/reads': { finance: 200, lead: 403 },
    '/api/audit/export': { finance: 200, lead: 403 },
    '/api/audit/verify': { finance: 200, lead: 403 },
    '/api/keys/assignees': { finance: 403, lead: 403 },
    '/api/teams/1/candidates': { finance: 403, lead: 403 },
  };
  for (const role of ['finance', 'lead', null] as const) {
    const context = await browser.newContext({ baseURL: server.url });
    if (role) await signIn(await context.newPage(), role);
    const statuses: Record<string, number> = {};
    for (const path of Object.keys(expected)) statuses[path] = (await context.request.get(path)).status();
    const wanted = Object.fromEntries(
      Object.entries(expected).map(([path, codes]) => [path, role ? codes[role] : 401]),
    );
    expect(statuses, role ?? 'nobody').toEqual(wanted);
    if (role === 'lead') {
      const theirs = await (await context.request.get('/api/keys/export')).text();
      expect(theirs).toContain('checkout-assistant');
      expect(theirs).not.toContain('recipe-parser');
      const spend = await (await context.request.get(`/api/spend/export?${range}&by=team`)).text();
      expect(spend).toContain('Payments');
      expect(spend).not.toContain('Discovery');
    }
    await context.close();
  }
});

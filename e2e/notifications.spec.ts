import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { MailCatcher } from '@/lib/emulators/mail/index';
import { connect } from './connect';
import { expect, test } from './fixtures';

// What a test connects would stand in the tables of the others.
test.use({ isFilled: false });

type Webhook = { readonly name: string; readonly url: string; readonly format: 'JSON, signed' | 'Slack' };

/** Adds a webhook that is told of everything; answers its signing secret, or null where there is none. */
async function addWebhook(page: Page, { name, url, format }: Webhook): Promise<string | null> {
  await page.goto('/settings/webhooks');
  await page.getByRole('button', { name: 'Add webhook' }).first().click();
  const form = page.getByRole('dialog', { name: 'Add a webhook' });
  await form.getByLabel('Name').fill(name);
  await form.getByLabel('Address').fill(url);
  await form.getByRole('radio', { name: format }).check();
  await form.getByRole('button', { name: 'Add webhook' }).click();
  if (format === 'Slack') {
    await expect(form).toBeHidden();
    return null;
  }
  const shown = page.getByRole('dialog', { name: `Signing secret of ${name}` });
  const secret = await shown.getByRole('code').textContent();
  await shown.getByRole('button', { name: 'Done' }).click();
  await expect(shown).toBeHidden();
  return secret;
}

/** Hands the secret of a new key over and picks it up, which the sender is told. */
async function handOverAndPickUp(page: Page, visitor: Page, keyName: string, connection: string) {
  await page.goto('/keys');
  await page.getByRole('button', { name: 'Create key' }).click();
  const create = page.getByRole('dialog', { name: 'Create key' });
  const option = create.getByLabel('Connection').getByRole('option').filter({ hasText: connection });
  await create.getByLabel('Connection').selectOption((await option.getAttribute('value')) ?? '');
  await create.getByLabel('Name').fill(keyName);
  await create.getByLabel('Amount, USD').fill('25');
  await create.getByRole('radio', { name: 'Hand it over' }).check();
  await create.getByRole('button', { name: 'Create key and make link' }).click();
  const made = page.getByRole('dialog', { name: `“${keyName}” was created` });
  const link = await made.getByLabel('Link to pick the secret up').inputValue();
  await made.getByRole('button', { name: 'Done' }).click();
  await made.getByRole('button', { name: 'Close and lose the link' }).click();
  await visitor.goto(link);
  await visitor.getByRole('button', { name: 'Reveal the secret' }).click();
  await expect(visitor.getByTestId('new-secret')).toBeVisible();
  return (await visitor.getByTestId('new-secret').textContent()) ?? '';
}

/** The calls of a webhook about one thing: others happen in the same console meanwhile. */
const callsOf = ({ inbox }: MailCatcher, name: string, about = '') =>
  inbox.calls.filter((call) => call.name === name && call.body.includes(about));

/** Other journeys of the same console may have left something to read. */
async function readAll(page: Page): Promise<void> {
  await page.goto('/notifications');
  await expect(page.getByRole('heading', { level: 1, name: 'Notifications' })).toBeVisible();
  const all = page.getByRole('main').getByRole('button', { name: 'Mark all as read' });
  const none = page.getByRole('button', { name: 'Notifications', exact: true });
  await expect(async () => {
    if (!(await none.isVisible())) await all.click({ timeout: 1_000 });
    await expect(none).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
}

function expectSigned(call: ReturnType<typeof callsOf>[number] | undefined, secret: string | null): void {
  const [, seconds, mac] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(call?.headers['x-keyward-signature'] ?? '') ?? [];
  const expected = createHmac('sha256', secret ?? '')
    .update(`${seconds}.${call?.body}`)
    .digest('hex');
  expect(mac).toBe(expected);
  expect(Math.abs(Date.now() / 1_000 - Number(seconds))).toBeLessThan(300);
}

test('what happens is told by the bell, by email and by webhooks, and its links lead to the page', async ({
  page,
  browser,
  baseURL,
  signIn,
  openrouter,
  mail,
}) => {
  test.setTimeout(180_000);
  const keyName = 'told of everywhere';
  await signIn(page, 'admin');
  await readAll(page);
  mail.inbox.clear();
  const secret = await addWebhook(page, {
    name: 'Log',
    url: `${mail.url}/hooks/log`,
    format: 'JSON, signed',
  });
  await addWebhook(page, { name: 'Chat', url: `${mail.url}/hooks/chat`, format: 'Slack' });
  expect(await page.content()).not.toContain(secret);

  await page.goto('/account');
  const choice = page.getByRole('checkbox', { name: 'A secret that you handed over is collected' });
  await expect(choice).toBeEnabled();
  await choice.check();
  await expect(async () => {
    await page.reload();
    await expect(choice).toBeChecked({ timeout: 1_000 });
  }).toPass();

  const { url: baseUrl, managementKey } = openrouter;
  await connect(page, { provider: 'OpenRouter', name: 'Telling account', baseUrl, managementKey });
  const context = await browser.newContext({ baseURL });
  const keySecret = await handOverAndPickUp(page, await context.newPage(), keyName, 'Telling account');
  await context.close();

  const bell = page.getByRole('button', { name: /^Notifications, \d+ unread/ });
  await expect(bell).toBeVisible({ timeout: 30_000 });
  await bell.click();
  const newest = page.getByRole('dialog', { name: 'Notifications' });
  await newest.getByRole('link', { name: `The secret of ${keyName} was picked up` }).click();
  await expect(page.getByRole('heading', { level: 1, name: keyName })).toBeVisible();
  const keyPath = new URL(page.url()).pathname;

  const title = `The secret of ${keyName} was picked up`;
  await expect
    .poll(() => mail.inbox.mails.filter(({ subject }) => subject === title).length, { timeout: 30_000 })
    .toBe(1);
  const letter = mail.inbox.mails.find(({ subject }) => subject === title);
  expect(letter?.text).toContain(`${baseURL}${keyPath}`);
  expect(letter?.html).toContain(`href="${baseURL}${keyPath}"`);
  expect(letter?.source).not.toContain(keySecret);
  await page.goto(`${mail.url}`);
  await page.getByRole('link', { name: title }).click();
  await expect(page.getByText(`${baseURL}${keyPath}`)).toBeVisible();

  await expect.poll(() => callsOf(mail, 'log', keyName).length, { timeout: 30_000 }).toBe(1);
  const [call] = callsOf(mail, 'log', keyName);
  expectSigned(call, secret);
  expect(JSON.parse(call?.body ?? '')).toMatchObject({
    topic: 'hand_over.collected',
    title,
    url: `${baseURL}${keyPath}`,
  });
  await expect.poll(() => callsOf(mail, 'chat', keyName).length, { timeout: 30_000 }).toBe(1);
  expect(JSON.parse(callsOf(mail, 'chat', keyName)[0]?.body ?? '').text).toContain(
    `*<${baseURL}${keyPath}|${title}>*`,
  );

  await page.goto('/notifications?unread=true');
  await expect(page.getByRole('radio', { name: 'Unread' })).toBeChecked();
  await expect(page.getByRole('main').getByRole('link', { name: title })).toHaveCount(0);

  await page.goto('/settings/webhooks/deliveries');
  const log = page.getByRole('table', { name: 'Deliveries' });
  await expect(log.getByRole('row').filter({ hasText: title }).filter({ hasText: 'Delivered' })).toHaveCount(
    3,
  );
  await log.getByRole('button', { name: `Send again: ${title}, to Log` }).click();
  await expect.poll(() => callsOf(mail, 'log', keyName).length, { timeout: 30_000 }).toBe(2);
  const [first, second] = callsOf(mail, 'log', keyName).map(({ body }) => JSON.parse(body));
  expect(second.eventId).toBe(first.eventId);
  expect(second.id).not.toBe(first.id);
  expectSigned(callsOf(mail, 'log', keyName)[1], secret);
});

test('a webhook is tested with one click, and what fails says so and is told', async ({
  page,
  signIn,
  mail,
}) => {
  test.setTimeout(120_000);
  await signIn(page, 'admin');
  const secret = await addWebhook(page, {
    name: 'Ours',
    url: `${mail.url}/hooks/ours`,
    format: 'JSON, signed',
  });
  await page.getByRole('button', { name: 'Send a test to Ours' }).click();
  const answer = page.getByRole('status').filter({ hasText: 'Ours' });
  await expect(answer).toContainText('Ours took the test. It answered 200');
  await expect(answer).toContainText('ok');
  expectSigned(callsOf(mail, 'ours')[0], secret);

  mail.inbox.setAnswer('ours', { status: 403, text: 'unknown channel' });
  await page.getByRole('button', { name: 'Send a test to Ours' }).click();
  await expect(answer).toContainText('Ours did not take the test. The receiver answered 403.');
  await expect(answer).toContainText('unknown channel');
  mail.inbox.setAnswer('ours', null);

  await page.getByRole('button', { name: 'Actions for Ours' }).click();
  await page.getByRole('menuitem', { name: 'New signing secret' }).click();
  await page.getByRole('button', { name: 'Make a new secret' }).click();
  const shown = page.getByRole('dialog', { name: 'Signing secret of Ours' });
  const renewed = await shown.getByRole('code').textContent();
  expect(renewed).not.toBe(secret);
  await shown.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Send a test to Ours' }).click();
  await expect.poll(() => callsOf(mail, 'ours').length).toBe(3);
  expectSigned(callsOf(mail, 'ours')[2], renewed);

  await page.getByRole('button', { name: 'Actions for Ours' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await page.getByRole('button', { name: 'Remove Ours' }).click();
  await expect(page.getByRole('button', { name: 'Send a test to Ours' })).toHaveCount(0);
  await page.goto('/settings/webhooks/deliveries?state=failed');
  await expect(page.getByText('The receiver answered 403.')).toBeVisible();
});

test('webhooks and their log are closed to others, who have a bell of their own', async ({
  page,
  signIn,
}) => {
  await signIn(page, 'finance');
  await page.goto('/settings/webhooks');
  await expect(page.getByRole('region', { name: 'Not open to your role' })).toBeVisible();
  await page.goto('/settings/webhooks/deliveries');
  await expect(page.getByRole('region', { name: 'Not open to your role' })).toBeVisible();
  expect((await page.request.get('/api/webhooks')).status()).toBe(403);
  expect((await page.request.get('/api/deliveries')).status()).toBe(403);
  await page.goto('/notifications');
  await expect(page.getByRole('heading', { level: 1, name: 'Notifications' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Notifications', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Webhooks' })).toHaveCount(0);
});

import type { Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { ageRaise } from './age-raise';
import { changeOutside } from './emulator';
import { expect, test } from './fixtures';
import { openKeyTable, readNow } from './key-table';

const DAY_MS = 86_400_000;
const dayIn = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** A key with $50 a month, as someone made it at the provider, known to the console. */
async function makeKey(page: Page, controlUrl: string, name: string) {
  await changeOutside(controlUrl, { op: 'create', name, limit: 50, limit_reset: 'monthly' });
  await readNow(page, 'OpenRouter');
  const open = async () => {
    const table = await openKeyTable(page);
    await table.search.fill(name);
    return table;
  };
  await expect(async () => {
    await expect((await open()).row(name)).toHaveCount(1, { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
}

async function raise(page: Page, name: string, amount: string, day: string) {
  await page.getByRole('button', { name: new RegExp(`^Edit limit of ${name}:`) }).click();
  const edit = page.getByRole('dialog', { name: 'Edit limit' });
  await edit.getByLabel('Amount, USD').fill(amount);
  await edit.getByRole('radio', { name: 'Until a date' }).check();
  await expect(
    edit.getByRole('button', { name: 'Change limit' }).or(edit.getByText('Nothing edited')),
  ).toBeDisabled();
  await edit.getByLabel('Last day').fill(day);
  return edit;
}

async function setFault(controlUrl: string, fault: object | null) {
  await fetch(`${controlUrl}/faults`, {
    method: fault ? 'POST' : 'DELETE',
    headers: { 'content-type': 'application/json' },
    ...(fault ? { body: JSON.stringify(fault) } : {}),
  });
}

test('a raise counts down, is late while the provider is down, and ends by itself', async ({
  page,
  signIn,
  openrouter,
  console: server,
}) => {
  test.setTimeout(240_000);
  const name = 'raise-journey';
  const limitNow = () => [...openrouter.state.keys.values()].find((key) => key.name === name)?.limit ?? null;
  await signIn(page, 'admin');
  await makeKey(page, openrouter.controlUrl, name);
  const edit = await raise(page, name, '380', dayIn(5));
  await expect(edit.getByText('At 23:59 UTC the limit goes back to $50 monthly by itself.')).toBeVisible();
  await expectAccessible(page, 'limit until a date');
  await edit.getByRole('button', { name: /^Raise to \$380 monthly until/ }).click();
  await expect(edit).toBeHidden();
  expect(limitNow()).toBe(380);
  const row = page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
  await expect(row.getByText('5 d left')).toBeVisible();

  await row.getByRole('link', { name, exact: true }).click();
  await expect(page.getByText(/^Raised to \$380 monthly until/)).toBeVisible();
  await expect(page.getByText(/Then \$50 monthly again, by itself/)).toBeVisible();
  await page.getByRole('button', { name: 'Change end' }).click();
  const extend = page.getByRole('dialog', { name: 'Change when it ends' });
  await extend.getByLabel('Last day').fill(dayIn(9));
  await expectAccessible(page, 'another end for a raise');
  await extend.getByRole('button', { name: /^End on/ }).click();
  await expect(extend).toBeHidden();
  await expect(page.getByText('9 d left')).toBeVisible();
  const address = page.url();

  // What is set meanwhile is the limit below it.
  await openKeyTable(page, `?q=${name}`);
  await page.getByRole('button', { name: new RegExp(`^Edit limit of ${name}:.*raised until`) }).click();
  await expect(edit.getByText(/What you set here for good is the limit below the raise/)).toBeVisible();
  await edit.getByLabel('Amount, USD').fill('60');
  await edit.getByRole('button', { name: 'Set $60 monthly below the raise' }).click();
  await expect(edit).toBeHidden();
  expect(limitNow()).toBe(380);

  await setFault(openrouter.controlUrl, { route: 'GET /api/v1/keys/*', times: 1_000, status: 503 });
  await ageRaise(server, name, 60);
  await expect(async () => {
    await page.goto('/');
    const banner = page.getByRole('alert').filter({ hasText: name });
    await expect(banner).toContainText('overdue', { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expectAccessible(page, 'overview with an overdue raise');
  await page.goto(address);
  await expect(page.getByText(/^Still raised to \$380 monthly/)).toBeVisible();
  await expectAccessible(page, 'key with an overdue raise');
  expect(limitNow()).toBe(380);

  await setFault(openrouter.controlUrl, null);
  await expect.poll(limitNow, { timeout: 90_000 }).toBe(60);
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByText(/raised to/i)).toHaveCount(0);
});

test('a raise can be ended now; of two the higher holds', async ({ page, signIn, openrouter }) => {
  test.setTimeout(120_000);
  const name = 'raise-twice';
  const limitNow = () => [...openrouter.state.keys.values()].find((key) => key.name === name)?.limit ?? null;
  await signIn(page, 'admin');
  await makeKey(page, openrouter.controlUrl, name);
  const first = await raise(page, name, '80', dayIn(3));
  await first.getByRole('button', { name: /^Raise to \$80 monthly until/ }).click();
  await expect(first).toBeHidden();
  await page.getByRole('button', { name: new RegExp(`^Edit limit of ${name}:.*raised until`) }).click();
  const again = page.getByRole('dialog', { name: 'Edit limit' });
  await again.getByLabel('Amount, USD').fill('120');
  await again.getByRole('radio', { name: 'Another raise, until a date' }).check();
  await again.getByLabel('Last day').fill(dayIn(1));
  await again.getByRole('button', { name: /^Raise to \$120 monthly until/ }).click();
  await expect(again).toBeHidden();
  expect(limitNow()).toBe(120);

  await page.getByRole('row').getByRole('link', { name, exact: true }).click();
  await expect(page.getByText('Of several raises the highest holds: $120 monthly.')).toBeVisible();
  await page.getByRole('button', { name: 'End now' }).first().click();
  const end = page.getByRole('alertdialog', { name: `End the raise of “${name}” now?` });
  await expectAccessible(page, 'end a raise now');
  await end.getByRole('button', { name: 'End raise now' }).click();
  await expect(end).toBeHidden();
  expect(limitNow()).toBe(80);
  await page.getByRole('button', { name: 'End now' }).click();
  await end.getByRole('button', { name: 'End raise now' }).click();
  await expect(end).toBeHidden();
  expect(limitNow()).toBe(50);
});

test('a limit that someone else set during a raise stays: three values, and a choice', async ({
  page,
  signIn,
  openrouter,
  console: server,
}) => {
  test.setTimeout(120_000);
  const name = 'raise-crossed';
  const limitNow = () => [...openrouter.state.keys.values()].find((key) => key.name === name)?.limit ?? null;
  await signIn(page, 'admin');
  await makeKey(page, openrouter.controlUrl, name);
  const edit = await raise(page, name, '80', dayIn(3));
  await edit.getByRole('button', { name: /^Raise to \$80 monthly until/ }).click();
  await expect(edit).toBeHidden();
  await page.getByRole('row').getByRole('link', { name, exact: true }).click();
  await expect(page.getByText(/^Raised to \$80 monthly until/)).toBeVisible();
  await changeOutside(openrouter.controlUrl, { op: 'update', key: name, limit: 500 });
  await ageRaise(server, name, 1);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText('Limit changed outside Keyward.')).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByText(/A raise from \$50 monthly to \$80 monthly ended/)).toBeVisible();
  expect(limitNow()).toBe(500);
  await page
    .getByRole('button', { name: `Put back what was changed of ${name}` })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: 'Put back what was there' });
  await expect(dialog).toContainText('Set limit to $50 monthly');
  await dialog.getByRole('button', { name: 'Put back' }).click();
  await expect(dialog).toBeHidden();
  expect(limitNow()).toBe(50);
});

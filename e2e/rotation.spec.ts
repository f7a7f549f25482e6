import type { Page } from '@playwright/test';
import { z } from 'zod';
import { expectAccessible } from './accessibility';
import { ageRotation } from './age-rotation';
import { connect, findKey } from './connect';
import { changeOutside } from './emulator';
import { expect, test } from './fixtures';

// What a test connects would stand in the tables of the others.
test.use({ isFilled: false });
test.describe.configure({ timeout: 240_000 });

const stateSchema = z.object({
  keys: z.array(
    z.object({
      name: z.string(),
      secret: z.string(),
      disabled: z.boolean().optional(),
      deletedAt: z.string().nullable(),
    }),
  ),
});

type Emulator = { readonly url: string; readonly controlUrl: string; readonly managementKey: string };

/** The key as its provider truly holds it. */
async function truthOf(emulator: Emulator, name: string) {
  const response = await fetch(`${emulator.controlUrl}/state`);
  const key = stateSchema.parse(await response.json()).keys.find((candidate) => candidate.name === name);
  if (!key) throw new Error(`${name} is not at the emulator.`);
  return key;
}

async function openKey(page: Page, name: string, connection: string): Promise<void> {
  await page.goto('/keys');
  const row = await findKey(page, name, connection);
  await row.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
}

/** Starts a rotation from the key table; answers the secret that was shown. */
async function rotate(page: Page, name: string, connection: string): Promise<string> {
  await page.goto('/keys');
  const row = await findKey(page, name, connection);
  await row.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Rotate…' }).click();
  const dialog = page.getByRole('dialog', { name: `Rotate “${name}”` });
  await expect(dialog.getByText('What cannot be copied')).toBeVisible();
  await expect(dialog.getByText(/starts its limit of \$25/)).toBeVisible();
  await expect(dialog.getByLabel('Name of the new key')).toHaveValue(`${name} (2)`);
  await expectAccessible(page, 'the dialog that rotates a key');
  await dialog.getByRole('button', { name: 'Create new key' }).click();
  const made = page.getByRole('dialog', { name: `“${name} (2)” was created` });
  const secret = (await made.getByTestId('new-secret').textContent()) ?? '';
  await made.getByLabel('I have stored the secret').check();
  await made.getByRole('button', { name: 'Done' }).click();
  await expect(made).toBeHidden();
  return secret;
}

async function prepare(page: Page, openrouter: Emulator, name: string, connection: string): Promise<void> {
  await changeOutside(openrouter.controlUrl, { op: 'create', name, limit: 25, limit_reset: 'monthly' });
  const { url: baseUrl, managementKey } = openrouter;
  await connect(page, { provider: 'OpenRouter', name: connection, baseUrl, managementKey });
}

test('a key is rotated without an outage, and gone back from', async ({ page, signIn, openrouter }) => {
  const [name, newName, connection] = ['billing bot', 'billing bot (2)', 'Rotated account'];
  await signIn(page, 'admin');
  await prepare(page, openrouter, name, connection);
  const secret = await rotate(page, name, connection);
  expect(secret).toBe((await truthOf(openrouter, newName)).secret);

  const oldRow = await findKey(page, name, connection);
  await expect(oldRow.getByText('Being retired')).toBeVisible();
  const newRow = await findKey(page, newName, connection);
  await expect(newRow.getByText(`took over from ${name}`)).toBeVisible();
  await page.goto('/keys?rotation=retiring');
  await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: newName, exact: true })).toBeHidden();

  await openKey(page, name, connection);
  await expect(page.getByRole('heading', { name: `${newName} is taking over from this key` })).toBeVisible();
  await expect(page.getByText(/retired after 24 h of quiet, at the earliest/)).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Whole line' })).toBeChecked();
  await expectAccessible(page, 'a key that is being rotated');
  await page.getByRole('button', { name: 'Wait a day longer' }).click();
  await expect(page.getByText('Someone asked to wait until then.')).toBeVisible();
  await page.getByRole('list', { name: 'Line of succession' }).getByRole('link', { name: newName }).click();
  await expect(page.getByRole('heading', { name: `This key is taking over from ${name}` })).toBeVisible();

  await page.getByRole('button', { name: 'Retire now…' }).click();
  await page.getByRole('button', { name: 'Retire old key' }).click();
  await expect(page.getByText(`${name} is disabled, and deleted for good on`)).toBeVisible();
  expect((await truthOf(openrouter, name)).disabled).toBe(true);

  await page.getByRole('button', { name: 'Go back', exact: true }).click();
  await expect(page.getByText('Taken back', { exact: true })).toBeVisible();
  expect((await truthOf(openrouter, name)).disabled).toBe(false);
  expect((await truthOf(openrouter, newName)).disabled).toBe(true);

  await page.goto('/audit');
  await expect(page.getByText(`${name} → ${newName}`).first()).toBeVisible();
});

test('the old key goes once hours have passed without a request', async ({
  page,
  console: server,
  signIn,
  openrouter,
}) => {
  const [name, newName, connection] = ['nightly report', 'nightly report (2)', 'Quiet account'];
  await signIn(page, 'admin');
  await prepare(page, openrouter, name, connection);
  await rotate(page, name, connection);
  await ageRotation(server, name, 20);
  await openKey(page, name, connection);
  await expect(page.getByText(/No request for (19|20) h; retired after 24 h of quiet/)).toBeVisible({
    timeout: 30_000,
  });
  expect((await truthOf(openrouter, name)).disabled).toBe(false);
  await ageRotation(server, name, 5);
  await expect(page.getByText(`${name} is disabled, and deleted for good on`)).toBeVisible({
    timeout: 60_000,
  });
  expect((await truthOf(openrouter, name)).disabled).toBe(true);
  expect((await truthOf(openrouter, newName)).disabled).toBe(false);
});

test('old keys are marked as due, counted and found', async ({ page, signIn, openrouter }) => {
  await signIn(page, 'admin');
  const { url: baseUrl, managementKey } = openrouter;
  await connect(page, { provider: 'OpenRouter', name: 'Aged account', baseUrl, managementKey });
  await page.goto('/connections');
  const days = page.getByLabel('Keys are due after so many days');
  await days.fill('soon');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(days).toHaveAttribute('aria-invalid', 'true');
  await days.fill('20');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Keys older than 20 days are due for rotation.')).toBeVisible();
  await expectAccessible(page, 'the rotation policy');
  await page.goto('/');
  await page.getByRole('link', { name: /keys are due for rotation$/ }).click();
  await expect(page).toHaveURL(/rotation=due/);
  await expect(page.getByText('Due for rotation').first()).toBeVisible();
});

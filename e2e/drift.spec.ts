import type { Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { changeOutside } from './emulator';
import { expect, test } from './fixtures';
import { readNow } from './key-table';

const rowOf = (page: Page, name: string, what: string) =>
  page
    .getByRole('table', { name: 'Changes made outside Keyward' })
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) })
    .filter({ hasText: what });

/** Reads the account until the inbox shows what was done there. */
async function findDrift(page: Page, name: string, what: string) {
  await readNow(page, 'OpenRouter');
  const row = rowOf(page, name, what);
  await expect(async () => {
    await page.goto('/drift');
    await expect(row).toHaveCount(1, { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  return row;
}

test('what was changed outside is listed, and adopted, put back or put off', async ({
  page,
  signIn,
  openrouter,
}) => {
  test.setTimeout(240_000);
  const key = (name: string) => [...openrouter.state.keys.values()].find((each) => each.name === name);
  const outside = (change: object) => changeOutside(openrouter.controlUrl, change);
  await signIn(page, 'admin');
  await outside({ op: 'create', name: 'drift-made', limit: 50, limit_reset: 'monthly' });
  const made = await findDrift(page, 'drift-made', 'Key made');
  await expect(made).toContainText('Not there');
  await expect(made).toContainText('$50 monthly, enabled');
  await expect(
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Drift/ }),
  ).toContainText(/\d+ waiting for a decision/);
  await made.getByRole('button', { name: /^Adopt/ }).click();
  const adopt = page.getByRole('dialog', { name: 'Adopt what is there' });
  await adopt.getByLabel(/Reason/).fill('Ours');
  await adopt.getByRole('button', { name: 'Adopt', exact: true }).click();
  await expect(adopt).toBeHidden();
  await expect(made).toHaveCount(0);

  await outside({ op: 'update', key: 'drift-made', limit: 75, name: 'drift-renamed', disabled: true });
  const limit = await findDrift(page, 'drift-renamed', 'Limit changed');
  await expect(limit).toContainText('$50 monthly');
  await expect(limit).toContainText('$75 monthly');
  await expectAccessible(page, 'drift');
  for (const what of ['Limit changed', 'Renamed', 'Disabled or enabled']) {
    await page.getByRole('checkbox', { name: `Select ${what} of drift-renamed` }).check();
  }
  await page.getByRole('button', { name: 'Put back 3' }).click();
  const back = page.getByRole('dialog', { name: 'Put back what was there' });
  await expect(back).toContainText('Rename to “drift-made”');
  await expectAccessible(page, 'decide on drift');
  await back.getByRole('button', { name: 'Put back 3' }).click();
  // The server goes on with it: nothing depends on the page that began it.
  await expect(page).toHaveURL(/\/keys\/bulk\//);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Put back what was changed outside' })).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: '3 done' })).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page, 'many decisions on drift');
  expect(key('drift-made')).toMatchObject({ limit: 50, disabled: false });

  await outside({ op: 'update', key: 'drift-made', limit: 90 });
  const again = await findDrift(page, 'drift-made', 'Limit changed');
  await again.getByRole('button', { name: /^Put back/ }).click();
  await outside({ op: 'update', key: 'drift-made', limit: 95 });
  await back.getByRole('button', { name: 'Put back', exact: true }).click();
  await expect(back.getByRole('alert')).toContainText('It was changed once more at the provider.');
  expect(key('drift-made')?.limit).toBe(95);
  await back.getByRole('button', { name: 'Close', exact: true }).first().click();
  await expect(again).toContainText('$95 monthly');

  await again.getByRole('button', { name: /^Put off until/ }).click();
  const later = page.getByRole('dialog', { name: 'Put the decision off' });
  await later.getByLabel('Until', { exact: true }).fill('2027-03-01');
  await later.getByRole('button', { name: 'Put off', exact: true }).click();
  await expect(later).toBeHidden();
  await expect(again).toHaveCount(0);
  await page.getByRole('link', { name: /^Put off \(\d+\)/ }).click();
  await expect(rowOf(page, 'drift-made', 'put off until 1 Mar 2027')).toHaveCount(1);
});

test('a key that someone made outside can be disabled from the list, and the key page tells of it too', async ({
  page,
  signIn,
  openrouter,
}) => {
  test.setTimeout(120_000);
  await signIn(page, 'admin');
  await changeOutside(openrouter.controlUrl, { op: 'create', name: 'drift-stranger', limit: 5 });
  const row = await findDrift(page, 'drift-stranger', 'Key made');
  await row.getByRole('link', { name: 'drift-stranger', exact: true }).click();
  await expect(page.getByText('Key made outside Keyward.')).toBeVisible();
  await expectAccessible(page, 'key with drift');
  await page.getByRole('button', { name: 'Disable drift-stranger' }).click();
  const dialog = page.getByRole('dialog', { name: 'Disable the key' });
  await dialog.getByRole('button', { name: 'Disable key' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Key made outside Keyward.')).toHaveCount(0);
  const stranger = [...openrouter.state.keys.values()].find(({ name }) => name === 'drift-stranger');
  expect(stranger?.disabled).toBe(true);
});

test('finance reads the list without deciding; it is closed to leads', async ({
  page,
  signIn,
  openrouter,
}) => {
  test.setTimeout(120_000);
  await signIn(page, 'finance');
  await changeOutside(openrouter.controlUrl, { op: 'create', name: 'drift-read', limit: 5 });
  const row = await findDrift(page, 'drift-read', 'Key made');
  await expect(row.getByRole('button')).toHaveCount(0);
  await page.context().clearCookies();
  await signIn(page, 'lead');
  await page.goto('/drift');
  await expect(page.getByText('Admins and finance see what was changed outside.')).toBeVisible();
});

import { downloadCsv } from './csv';
import { expect, test } from './fixtures';
import { openKeyTable } from './key-table';

test('a selection outlives filters, and a bulk change is previewed before it runs', async ({
  page,
  signIn,
  openrouter,
}) => {
  await signIn(page, 'admin');
  const table = await openKeyTable(page);
  await table.search.fill('churn-signals');
  await page.getByRole('checkbox', { name: 'Select churn-signals' }).check();
  await table.search.fill('docs-translate');
  await page.getByRole('checkbox', { name: 'Select docs-translate' }).check();
  const bar = page.getByRole('region', { name: 'Selected keys' });
  await expect(bar.getByRole('status')).toHaveText('2 keys selected, 1 not shown by the filters');

  await bar.getByRole('button', { name: 'Set limit…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set a limit · 2 keys' });
  await dialog.getByLabel('Amount, USD').fill('4321');
  await dialog.getByRole('radio', { name: 'Monthly' }).check();
  const preview = dialog.getByRole('region', { name: 'What will change' }).getByRole('listitem');
  await expect(preview).toHaveCount(2);
  await expect(preview.filter({ hasText: 'docs-translate' })).toContainText('$4,321 monthly');
  await dialog.getByLabel('Reason').fill('Quarterly plan');
  await dialog.getByRole('button', { name: 'Set limit on 2 keys' }).click();
  await expect(page).toHaveURL(/\/keys\/bulk\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('status').filter({ hasText: /^2 done$/ })).toBeVisible({ timeout: 30_000 });
  await page.reload();
  await expect(page.getByText('Finished', { exact: true })).toBeVisible();

  const after = await openKeyTable(page, '?q=docs-translate');
  await expect(after.row('docs-translate')).toContainText('$4,321');
  const limits = [...openrouter.state.keys.values()]
    .filter(({ name }) => ['churn-signals', 'docs-translate'].includes(name))
    .map(({ limit, limitReset }) => [limit, limitReset]);
  expect(limits).toEqual([
    [4321, 'monthly'],
    [4321, 'monthly'],
  ]);
});

test('a bulk change says which keys it cannot change, and cancelling changes none', async ({
  page,
  signIn,
  openrouter,
}) => {
  await signIn(page, 'admin');
  const table = await openKeyTable(page, '?q=lead-scoring');
  await page.getByRole('checkbox', { name: /^Select all \d+ keys shown$/ }).check();
  await page.getByRole('button', { name: 'Disable…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Disable keys/ });
  const preview = dialog.getByRole('region', { name: 'What will change' }).getByRole('listitem');
  await expect(preview.filter({ hasText: 'lead-scoring-dev' }).first()).toContainText('Skipped');
  await expect(dialog.getByRole('button', { name: 'Disable 1 key' })).toBeVisible();
  openrouter.calls.clear();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'Clear the selection' }).click();
  await expect(table.row('lead-scoring')).toContainText('Active');
  expect(openrouter.calls.list().filter(({ method }) => method !== 'GET')).toEqual([]);
});

test('a team is assigned to several keys at once, and the table shows it', async ({ page, signIn }) => {
  await signIn(page, 'admin');
  await openKeyTable(page, '?q=recipe-parser&sort=name.asc');
  for (const name of ['recipe-parser', 'recipe-parser-batch']) {
    await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
  }
  await page.getByRole('button', { name: 'Assign…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Assign keys/ });
  await dialog.getByLabel('Team').selectOption('Legal');
  await dialog.getByRole('button', { name: 'Assign 2 keys' }).click();
  await expect(page.getByRole('status').filter({ hasText: /^2 done$/ })).toBeVisible({ timeout: 30_000 });
  const after = await openKeyTable(page, '?q=recipe-parser&sort=name.asc');
  await expect(after.row('recipe-parser')).toContainText('Legal');
  await expect(after.row('recipe-parser-batch')).toContainText('Legal');
});

test('the CSV holds exactly what the filters leave, in the order shown', async ({ page, signIn }) => {
  await signIn(page, 'finance');
  const table = await openKeyTable(page, '?q=assistant&sort=spend.desc');
  await expect(table.names).toHaveCount(7);
  const shown = await table.names.allTextContents();
  const file = await downloadCsv(page);
  expect(file.name).toMatch(/^keyward-keys-\d{4}-\d{2}-\d{2}\.csv$/);
  expect(file.rows.map(({ name }) => name)).toEqual(shown);
  const [first] = file.rows;
  expect(Object.keys(first ?? {})).toEqual(expect.arrayContaining(['key_id', 'team', 'limit_usd', 'status']));
});

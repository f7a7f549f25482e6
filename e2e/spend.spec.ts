import Big from 'big.js';
import { downloadCsv } from './csv';
import { expect, test } from './fixtures';

test('spend by team, key, connection and model: one total, in the address, with working Back', async ({
  page,
  signIn,
}) => {
  await signIn(page, 'finance');
  await page.goto('/spend');
  const by = page.getByRole('radiogroup', { name: 'Spend by' });
  const total = page
    .getByRole('table', { name: /^Spend by/ })
    .getByRole('row')
    .last()
    .getByRole('cell')
    .nth(1);
  await expect(page.getByRole('figure', { name: /^Daily spend by team\./ })).toBeVisible();
  const amount = (await total.textContent()) ?? '';
  expect(amount).toMatch(/^\$[\d,]+\.\d\d$/);
  await expect(page.getByRole('definition').first()).toContainText(amount);

  for (const name of ['Key', 'Connection', 'Model']) {
    await by.getByRole('radio', { name }).check();
    await expect(
      page.getByRole('table', { name: `Spend by ${name.toLowerCase()}`, exact: true }),
    ).toBeVisible();
    await expect(page.getByRole('figure', { name: `Daily spend by ${name.toLowerCase()}.` })).toBeVisible();
    await expect(total).toHaveText(amount);
  }
  await page
    .getByRole('radiogroup', { name: 'Shape of the chart' })
    .getByRole('radio', { name: 'Cumulative' })
    .check();
  await expect(page.getByRole('figure', { name: /^Cumulative spend by model\./ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('figure', { name: /^Cumulative spend by model\./ })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('figure', { name: /^Daily spend by model\./ })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('table', { name: 'Spend by connection', exact: true })).toBeVisible();
});

test('a range is a preset or two days of the calendar; the CSV holds what is shown', async ({
  page,
  signIn,
}) => {
  await signIn(page, 'finance');
  await page.goto('/spend?by=connection');
  const range = page.getByRole('radiogroup', { name: 'Date range' });
  await range.getByRole('radio', { name: '7 d' }).check();
  await expect(page).toHaveURL(/range=7d/);
  const table = page.getByRole('table', { name: 'Spend by connection', exact: true });
  const total = table.getByRole('row').last().getByRole('cell').nth(1);
  await expect(page.getByText('UTC days').first()).toBeVisible();
  await expect(page.getByText('Today is not final')).toBeVisible();
  const file = await downloadCsv(page);
  expect(new Set(file.rows.map((row) => row.day_utc)).size).toBe(7);
  const sum = file.rows.reduce((all, row) => all.plus(row.spend_usd || 0), new Big(0));
  await expect(total).toHaveText(`$${sum.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',')}`);

  await page.getByRole('button', { name: /^Days: / }).click();
  const calendar = page.getByRole('dialog', { name: 'Days' });
  const days = calendar.getByRole('button', { name: /^\d{1,2} \w+ \d{4}/, disabled: false });
  await expect(days.first()).toBeVisible();
  await days.nth(0).click();
  await expect(calendar.getByText(/pick the last day/)).toBeVisible();
  await days.nth(2).click();
  await expect(page).toHaveURL(/from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d/);
  await expect(table).toBeVisible();
  await page.goBack();
  await expect(range.getByRole('radio', { name: '7 d' })).toBeChecked();
});

test('spend of one connection leads from its key to the key page', async ({ page, signIn }) => {
  await signIn(page, 'admin');
  await page.goto('/spend?by=key');
  await page.getByRole('button', { name: '+ Connection' }).click();
  await page.getByRole('checkbox', { name: 'OpenRouter', exact: true }).check();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/connection=\d+/);
  const link = page.getByRole('table', { name: 'Spend by key', exact: true }).getByRole('link').first();
  const name = (await link.textContent()) ?? '';
  await link.click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
});

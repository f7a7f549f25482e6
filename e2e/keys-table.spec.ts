import { expect, test } from './fixtures';
import { openKeyTable } from './key-table';

test('search, sorting and filters stand in the address: Back undoes them, a reload keeps them', async ({
  page,
  signIn,
}) => {
  await signIn(page, 'admin');
  const table = await openKeyTable(page);
  await page.keyboard.press('/');
  await expect(table.search).toBeFocused();
  await page.keyboard.type('checkout');
  await expect(table.names).toHaveCount(3);

  await table.sortBy('Name');
  await expect(table.heading('Name')).toHaveAttribute('aria-sort', 'ascending');
  const ascending = ['checkout-assistant', 'checkout-assistant-eu', 'checkout-assistant-us'];
  await expect(table.names).toHaveText(ascending);
  await table.sortBy('Name');
  await expect(table.heading('Name')).toHaveAttribute('aria-sort', 'descending');
  await expect(table.names).toHaveText(ascending.toReversed());
  await page.goBack();
  await expect(table.names).toHaveText(ascending);

  await table.search.clear();
  await table.chip('+ Limit used').click();
  await page.getByRole('dialog', { name: 'Limit used' }).getByRole('button', { name: 'No limit' }).click();
  await expect(table.chip('Limit used: No limit')).toBeVisible();
  await expect(table.names).not.toContainText(['checkout-assistant']);
  await table.search.fill('email');
  await expect(table.names).toHaveText(['email-drafts']);
  await page.reload();
  await expect(table.names).toHaveText(['email-drafts']);
  await expect(table.search).toHaveValue('email');
  await page.goBack();
  await expect(table.chip('+ Limit used')).toBeVisible();
});

test('every column sorts all keys, not only those that are drawn', async ({ page, signIn }) => {
  await signIn(page, 'admin');
  const table = await openKeyTable(page);
  await table.sortBy('Name');
  const first = (await table.names.first().textContent()) ?? '';
  await table.sortBy('Name');
  await page.keyboard.press('ArrowDown');
  const last = (await table.names.first().textContent()) ?? '';
  expect(first.localeCompare(last, 'en')).toBeLessThan(0);
  for (const column of ['Provider', 'Team', 'Owner', 'Status', /^Spend/, 'Limit and pace', 'Last used']) {
    await table.sortBy(column);
    await expect(table.heading(column)).toHaveAttribute('aria-sort', /ascending|descending/);
    await expect(table.names.first()).toBeVisible();
  }
});

test('filters by team, provider and status narrow all keys, and can be cleared one by one', async ({
  page,
  signIn,
}) => {
  await signIn(page, 'admin');
  const table = await openKeyTable(page);
  const choose = async (chip: string, option: string) => {
    await table.chip(chip).click();
    await page.getByRole('dialog').getByRole('checkbox', { name: option, exact: true }).check();
    await page.keyboard.press('Escape');
  };
  await choose('+ Team', 'Payments');
  await choose('+ Provider', 'OpenRouter');
  await expect(table.chip('Team: Payments')).toBeVisible();
  await expect(table.names.filter({ hasText: 'checkout-assistant-us' })).toBeVisible();
  await expect(table.names.filter({ hasText: 'voice-agent' })).toHaveCount(0);
  await table.chip('Status: not deleted').click();
  await page.getByRole('dialog').getByRole('checkbox', { name: 'Expired' }).check();
  await page.keyboard.press('Escape');
  await expect(table.names).toHaveText(['invoice-extract-prod']);
  await page.getByRole('button', { name: 'Clear filter Status' }).click();
  await page.getByRole('button', { name: 'Clear filter Team' }).click();
  await expect(page).toHaveURL(/\?connection=\d+$/);
  await page.getByRole('button', { name: 'Clear filter Provider' }).click();
  await expect(page).toHaveURL(/\/keys$/);
});

test('a view keeps filters and sorting under a name, for oneself alone', async ({
  page,
  browser,
  signIn,
}) => {
  await signIn(page, 'admin');
  const table = await openKeyTable(page, '?q=voice-agent&sort=name.desc');
  await expect(table.names).toHaveText(['voice-agent-internal', 'voice-agent']);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByLabel('Save what is shown as').fill('Voice agents');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: 'View: Voice agents' })).toBeVisible();

  await openKeyTable(page);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('button', { name: 'Voice agents', exact: true }).click();
  await expect(table.names).toHaveText(['voice-agent-internal', 'voice-agent']);
  await expect(page).toHaveURL(/q=voice-agent/);

  const elsewhere = await browser.newContext({ baseURL: new URL(page.url()).origin });
  const other = await elsewhere.newPage();
  await signIn(other, 'finance');
  await openKeyTable(other);
  await other.getByRole('button', { name: 'Views' }).click();
  await expect(other.getByText('Only you see your views.')).toBeVisible();
  await elsewhere.close();

  await page.getByRole('button', { name: 'View: Voice agents' }).click();
  await page.getByRole('button', { name: 'Rename view Voice agents' }).click();
  await page.getByLabel('New name of Voice agents').fill('Voices');
  await page.getByRole('button', { name: 'Rename', exact: true }).click();
  await page.getByRole('button', { name: 'Delete view Voices' }).click();
  await expect(page.getByText('Only you see your views.')).toBeVisible();
});

test('columns and their order are kept for the person', async ({ page, browser, signIn }) => {
  await signIn(page, 'admin');
  const table = await openKeyTable(page);
  const save = () => page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name: 'Columns' }).click();
  const menu = page.getByRole('dialog', { name: 'Columns' });
  let saved = save();
  await menu.getByRole('checkbox', { name: 'Owner' }).uncheck();
  await saved;
  saved = save();
  await menu.getByRole('checkbox', { name: 'Created' }).check();
  await saved;
  for (let moves = 0; moves < 2; moves += 1) {
    saved = save();
    await menu.getByRole('button', { name: 'Move Status forward' }).click();
    await saved;
  }
  await page.reload();
  await expect(table.heading('Created')).toBeVisible();
  await expect(table.heading('Owner')).toHaveCount(0);
  const headings = await table.grid.getByRole('columnheader').allTextContents();
  expect(headings.indexOf('Status')).toBeLessThan(headings.indexOf('Team'));

  const elsewhere = await browser.newContext({ baseURL: new URL(page.url()).origin });
  const other = await elsewhere.newPage();
  await signIn(other, 'finance');
  const theirs = await openKeyTable(other);
  await expect(theirs.heading('Owner')).toBeVisible();
  await expect(theirs.heading('Created')).toHaveCount(0);
  await elsewhere.close();

  await page.getByRole('button', { name: 'Columns' }).click();
  saved = save();
  await menu.getByRole('button', { name: 'Back to the usual columns' }).click();
  await saved;
  await expect(table.heading('Owner')).toBeVisible();
});

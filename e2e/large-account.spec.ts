import { connect } from './connect';
import { downloadCsv } from './csv';
import { expect, test } from './fixtures';
import { openKeyTable } from './key-table';

test.use({ accountSize: { keys: 10_000, historyDays: 3 }, isFilled: false });
test.describe.configure({ mode: 'serial' });

/** More are never drawn, however many keys there are. */
const mostNodes = 1_500;
const countNodes = () => document.querySelectorAll('*').length;

test('10,000 keys are read in with the progress in sight', async ({ page, signIn, openrouter }) => {
  test.setTimeout(120_000);
  await signIn(page, 'admin');
  await connect(page, {
    provider: 'OpenRouter',
    name: 'Large account',
    baseUrl: openrouter.url,
    managementKey: openrouter.managementKey,
  });
  await expect(page.getByRole('link', { name: '10,000 keys', exact: true })).toBeVisible({ timeout: 90_000 });
});

test('the table of 10,000 keys: search, sort, filter, Back, open', async ({ page, signIn }) => {
  await signIn(page, 'admin');
  const table = await openKeyTable(page);
  await expect(page.getByText(/^10,000 keys · \$/)).toBeVisible();
  expect(await page.evaluate(countNodes)).toBeLessThanOrEqual(mostNodes);
  await table.sortBy('Name');
  await expect(table.heading('Name')).toHaveAttribute('aria-sort', 'ascending');
  await table.names.first().focus();
  await page.keyboard.press('End');
  await expect(table.grid.getByRole('row').last()).toHaveAttribute('aria-rowindex', '10001');
  expect(await page.evaluate(countNodes)).toBeLessThanOrEqual(mostNodes);

  await page.keyboard.press('/');
  await page.keyboard.type('voice-agent');
  await expect(page.getByText(/^\d+ of 10,000 keys/)).toBeVisible();
  await table.chip('+ Limit used').click();
  await page.getByRole('dialog', { name: 'Limit used' }).getByRole('button', { name: 'No limit' }).click();
  await expect(table.names.first()).toContainText('voice-agent');
  await page.goBack();
  await expect(table.chip('+ Limit used')).toBeVisible();
  const name = (await table.names.first().textContent()) ?? '';
  await table.names.first().click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.goBack();
  await expect(table.search).toHaveValue('voice-agent');
});

test('a limit among 10,000 keys is changed, with the keyboard alone', async ({
  page,
  signIn,
  openrouter,
}) => {
  const target = [...openrouter.state.keys.values()].find(
    (key) => key.limitReset === 'monthly' && openrouter.state.isUsable(key) && key.limit !== 0,
  );
  if (!target) throw new Error('No key of the account has a monthly limit.');
  await signIn(page, 'admin');
  const table = await openKeyTable(page);
  await page.keyboard.press('/');
  await page.keyboard.type(target.name);
  await expect(table.row(target.name)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  while ((await table.row(target.name).evaluate((row) => row === document.activeElement)) === false)
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press('e');
  const edit = page.getByRole('dialog', { name: 'Edit limit' });
  await edit.getByLabel('Amount, USD').fill('54321');
  await page.keyboard.press('Enter');
  await expect(edit).toBeHidden();
  await expect(table.row(target.name)).toContainText('$54,321');
  expect(target.limit).toBe(54_321);
});

test('every one of 10,000 keys can be selected and exported', async ({ page, signIn }) => {
  await signIn(page, 'admin');
  await openKeyTable(page);
  await page.getByRole('checkbox', { name: 'Select all 10,000 keys shown' }).check();
  await expect(page.getByRole('region', { name: 'Selected keys' })).toContainText('10,000 keys selected');
  const file = await downloadCsv(page);
  expect(file.rows).toHaveLength(10_000);
});

test('10,000 keys on a phone are cards that scroll', async ({ page, signIn }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, 'admin');
  await page.goto('/keys');
  const cards = page.getByRole('list', { name: 'Keys' }).getByRole('article');
  await expect(cards.first()).toBeVisible();
  expect(await page.evaluate(countNodes)).toBeLessThanOrEqual(mostNodes);
  const first = await cards.first().getAttribute('aria-label');
  await page.mouse.wheel(0, 40_000);
  await expect(page.getByRole('article', { name: first ?? '', exact: true })).toHaveCount(0);
  await expect(cards.first()).toBeVisible();
  await page.getByRole('searchbox', { name: 'Filter keys' }).fill('voice-agent');
  await expect(cards.first()).toContainText('voice-agent');
});

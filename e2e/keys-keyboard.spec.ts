import { expect, test } from './fixtures';
import { expectVisibleFocus, openKeyTable } from './key-table';

test('the key table with the keyboard alone: search, move, open, edit, select', async ({
  page,
  signIn,
  openrouter,
}) => {
  await signIn(page, 'admin');
  const table = await openKeyTable(page);
  await page.keyboard.press('/');
  await page.keyboard.type('voice-agent');
  await expect(table.names).toHaveCount(2);
  await page.keyboard.press('ArrowDown');
  const first = table.grid.getByRole('row').nth(1);
  const second = table.grid.getByRole('row').nth(2);
  await expectVisibleFocus(first);
  await page.keyboard.press('ArrowDown');
  await expectVisibleFocus(second);

  await page.keyboard.press('Space');
  await expect(second).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Escape');
  await expect(second).toHaveAttribute('aria-selected', 'false');

  await page.keyboard.press('e');
  const edit = page.getByRole('dialog', { name: 'Edit limit' });
  await expect(edit).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(edit).toBeHidden();
  await expectVisibleFocus(second);

  await page.keyboard.press('Home');
  await expectVisibleFocus(first);
  const name = (await first.getByRole('link').textContent()) ?? '';
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.goBack();
  await expect(table.search).toHaveValue('voice-agent');
  expect(openrouter.state.keys.size).toBeGreaterThan(0);
});

test('a limit is raised without a mouse, and the focus comes back to the row', async ({
  page,
  signIn,
  openrouter,
}) => {
  await signIn(page, 'admin');
  const table = await openKeyTable(page, '?q=call-transcripts&sort=name.asc');
  await page.keyboard.press('/');
  await page.keyboard.press('ArrowDown');
  await expectVisibleFocus(table.row('call-transcripts'));
  await page.keyboard.press('e');
  const amount = page.getByRole('dialog', { name: 'Edit limit' }).getByLabel('Amount, USD');
  await expect(amount).toBeVisible();
  for (let presses = 0; presses < 6; presses += 1) {
    if (await amount.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expectVisibleFocus(amount);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('77');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Edit limit' })).toBeHidden();
  await expect(table.row('call-transcripts')).toContainText('$77');
  await expectVisibleFocus(table.row('call-transcripts'));
  const key = [...openrouter.state.keys.values()].find((item) => item.name === 'call-transcripts');
  expect(key?.limit).toBe(77);
});

test('the palette finds keys by name, pages and commands', async ({ page, signIn }) => {
  await signIn(page, 'admin');
  await page.goto('/');
  const palette = page.getByRole('dialog', { name: 'Search or jump to' });
  const openPalette = async () => {
    await page.keyboard.press('Control+k');
    await expect(palette.getByRole('combobox')).toBeFocused();
  };
  await openPalette();
  await page.keyboard.type('meeting-min');
  await expect(palette.getByRole('option', { name: /meeting-minutes/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'meeting-minutes' })).toBeVisible();

  await openPalette();
  await page.keyboard.type('Spend');
  await expect(palette.getByRole('option', { name: 'Spend' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/spend$/);

  await openPalette();
  await page.keyboard.type('Create key');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Create key' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Create key' })).toBeHidden();

  await openPalette();
  await page.keyboard.type('Invite');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Invite a member' })).toBeVisible();
});

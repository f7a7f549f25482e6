import { expect, test } from './fixtures';
import { keyTable } from './key-table';

test('the overview says where the month stands, and each count leads to exactly these keys', async ({
  page,
  signIn,
}) => {
  await signIn(page, 'admin');
  await page.goto('/');
  await expect(page.getByText('Month-end forecast').first()).toBeVisible();
  await expect(page.getByRole('table', { name: 'Spend this month by team' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Needs you' })).toBeVisible();
  for (const label of ['80% used or more', 'No limit', 'Unowned', 'Idle', 'Expiring']) {
    const link = page.getByRole('link', { name: new RegExp(`^\\d+\\s*${label}`) });
    const count = Number(await link.getByText(/^\d+$/).textContent());
    await link.click();
    await expect(page).toHaveURL(/\/keys\?/);
    if (count === 0) await expect(page.getByRole('heading', { name: 'No key matches' })).toBeVisible();
    else await expect(page.getByText(new RegExp(`^${count} of \\d+ keys`))).toBeVisible();
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  }
});

test('keys close to their limit and teams lead on to their own pages', async ({ page, signIn }) => {
  await signIn(page, 'admin');
  await page.goto('/');
  const key = page.getByRole('table', { name: 'Keys close to their limit' }).getByRole('link').first();
  const name = (await key.textContent()) ?? '';
  await key.click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await page.goBack();
  const team = page.getByRole('table', { name: 'Spend this month by team' }).getByRole('link').first();
  await team.click();
  await expect(page.getByRole('table', { name: 'Spend by key', exact: true })).toBeVisible();
  await page.goBack();
  await page.getByRole('link', { name: 'All by limit used' }).click();
  await expect(keyTable(page).heading('Limit and pace')).toHaveAttribute('aria-sort', 'descending');
});

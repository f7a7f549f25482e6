import { downloadCsv } from './csv';
import { expect, test } from './fixtures';
import { openKeyTable, pickAction } from './key-table';

test('every change stands in the audit log with who, why, before and after; filters find it', async ({
  page,
  signIn,
}) => {
  const why = 'Leaked in a screenshot';
  await signIn(page, 'admin');
  const table = await openKeyTable(page, '?q=support-triage');
  await page.getByRole('button', { name: /^Edit limit of support-triage:/ }).click();
  const edit = page.getByRole('dialog', { name: 'Edit limit' });
  await edit.getByLabel('Amount, USD').fill('17');
  await edit.getByLabel(/Reason/).fill(why);
  await edit.getByRole('button', { name: /^Raise limit to \$17/ }).click();
  await expect(table.row('support-triage')).toContainText('$17');
  await pickAction(page, 'support-triage', 'Disable');
  await expect(table.row('support-triage')).toContainText('Disabled');

  await page.goto('/audit');
  const log = page.getByRole('table', { name: /^Audit log/ });
  const rows = log.getByRole('row');
  await page.getByRole('button', { name: '+ Key' }).click();
  const keys = page.getByRole('dialog', { name: 'Key' });
  await keys.getByRole('searchbox').fill('support-triage');
  await keys.getByRole('button', { name: /^support-triage/ }).click();
  await expect(page).toHaveURL(/key=\d+/);
  await expect(rows.filter({ hasText: 'Set limit' }).first()).toContainText(why);
  await expect(rows.filter({ hasText: 'Set limit' }).first()).toContainText('Amara Okafor');
  await expect(rows.filter({ hasText: 'Set limit' }).first()).toContainText('$17 monthly');

  await page.getByRole('button', { name: '+ Action' }).click();
  await page.getByRole('dialog', { name: 'Action' }).getByRole('checkbox', { name: 'Disable key' }).check();
  await page.keyboard.press('Escape');
  await expect(rows.filter({ hasText: 'Disable key' }).first()).toBeVisible();
  await expect(rows.filter({ hasText: 'Set limit' })).toHaveCount(0);
  await page.goBack();
  await expect(rows.filter({ hasText: 'Set limit' }).first()).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Key: support-triage' })).toBeVisible();

  await page.getByRole('button', { name: '+ Person' }).click();
  await page.getByRole('dialog', { name: 'Person' }).getByRole('button', { name: 'Jonas Lindqvist' }).click();
  await expect(page.getByText('No row fits')).toBeVisible();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await expect(page).toHaveURL(/\/audit$/);
  await page.getByRole('button', { name: '+ Date' }).click();
  await page.getByRole('dialog', { name: 'Date' }).getByRole('button', { name: 'Today' }).click();
  await expect(rows.filter({ hasText: 'Disable key' }).first()).toBeVisible();
});

test('finance verifies the chain and takes the filtered log along', async ({ page, signIn }) => {
  await signIn(page, 'finance');
  await page.goto('/audit?action=session.create');
  await page.getByRole('button', { name: 'Verify chain' }).click();
  await expect(page.getByText(/^Chain verified to row [\d,]+\.$/)).toBeVisible();
  const shown = await page
    .getByRole('table', { name: /^Audit log/ })
    .getByRole('row')
    .count();
  const file = await downloadCsv(page);
  expect(file.rows).toHaveLength(shown - 1);
});

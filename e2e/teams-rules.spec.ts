import type { Page } from '@playwright/test';
import { changeOutside } from './emulator';
import { expect, test } from './fixtures';
import { openKeyTable, readNow } from './key-table';

/** Opens the table until a key stands there with these words. */
async function expectKey(page: Page, name: string, words: readonly string[]): Promise<void> {
  await expect(async () => {
    const table = await openKeyTable(page, `?q=${name}`);
    for (const word of words) await expect(table.row(name)).toContainText(word, { timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
}

test('a rule is tried on all keys, saved, gives a new key its team, and is applied to those that lack one', async ({
  page,
  signIn,
  openrouter,
}) => {
  await changeOutside(openrouter.controlUrl, { op: 'create', name: 'rules-first' });
  await signIn(page, 'admin');
  await page.goto('/connections');
  await readNow(page, 'OpenRouter');
  await expectKey(page, 'rules-first', ['No limit']);

  await page.goto('/teams');
  await page.getByRole('link', { name: 'Assignment rules' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Assignment rules' })).toBeVisible();
  await expect(page.getByText('No rules yet')).toBeVisible();
  await page.getByRole('button', { name: 'Add rule' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a rule' });
  await dialog.getByRole('button', { name: 'Add rule' }).click();
  await expect(dialog.getByLabel('Name of the key')).toHaveAccessibleDescription(/at least one thing/);
  await dialog.getByLabel('Name of the key').fill('rules-*');
  await dialog.getByLabel('Goes to the team').selectOption('Legal');
  await dialog.getByLabel('Gets the owner').selectOption('Hugo Castellanos');
  await dialog.getByRole('button', { name: 'Add rule' }).click();

  const save = page.getByRole('button', { name: 'Save rules' });
  await expect(save).toBeDisabled();
  await page.getByRole('button', { name: 'Try on all keys' }).click();
  await expect(
    page.getByRole('status').filter({ hasText: '1 key without a team or an owner would get one' }),
  ).toBeVisible();
  const tried = page.getByRole('table', { name: 'What the rules would do' });
  await expect(tried.getByRole('row').filter({ hasText: 'rules-first' })).toContainText('Legal');
  await save.click();
  await expect(page.getByText('1 rule saved.')).toBeVisible();

  await page.getByRole('button', { name: /^Apply to \d+ keys? without team or owner/ }).click();
  await expect(page.getByText('1 key got what the rules say.')).toBeVisible();
  await changeOutside(openrouter.controlUrl, { op: 'create', name: 'rules-second' });
  await readNow(page, 'OpenRouter');
  for (const name of ['rules-first', 'rules-second'])
    await expectKey(page, name, ['Legal', 'Hugo Castellanos']);

  await page.goto('/teams/rules');
  await page.getByRole('button', { name: 'Remove rule 1' }).click();
  await page.getByRole('button', { name: 'Try on all keys' }).click();
  await save.click();
  await expect(page.getByText('0 rules saved.')).toBeVisible();
  await page.goto('/audit');
  await expect(page.getByText('Change assignment rules').first()).toBeVisible();
});

test('a person who is disabled leaves keys for a new owner', async ({ page, signIn }) => {
  await signIn(page, 'admin');
  await page.goto('/teams/left');
  await expect(page.getByText('Every key has somebody who is still here')).toBeVisible();
  const member = async (act: string, confirm: string | null) => {
    await page.goto('/members');
    await page.getByRole('button', { name: 'Actions for Hugo Castellanos' }).click();
    await page.getByRole('menuitem', { name: act }).click();
    if (confirm) await page.getByRole('alertdialog').getByRole('button', { name: confirm }).click();
  };
  await member('Disable', 'Disable Hugo Castellanos');
  await page.goto('/');
  await page.getByRole('link', { name: /keys? of 1 person who left/ }).click();
  const keys = page.getByRole('table', { name: 'Keys of Hugo Castellanos' });
  await expect(keys.getByRole('row').nth(1)).toBeVisible();
  const names = await keys.getByRole('checkbox').evaluateAll((boxes) => boxes.length);
  await page.getByRole('button', { name: /^Give \d+ keys?$/ }).click();
  await expect(page.getByLabel('New owner for keys of Hugo Castellanos')).toHaveAccessibleDescription(
    'Choose the new owner.',
  );
  await page.getByLabel('New owner for keys of Hugo Castellanos').selectOption('Chloe Martin');
  await page.getByRole('button', { name: /^Give \d+ keys?$/ }).click();
  await expect(
    page.getByText(new RegExp(`^${names} keys? of Hugo Castellanos went to Chloe Martin`)),
  ).toBeVisible();
  await expect(page.getByText('Every key has somebody who is still here')).toBeVisible();
  await member('Enable', null);
});

test('a lead may open neither', async ({ page, signIn }) => {
  await signIn(page, 'lead');
  await page.goto('/teams/rules');
  await expect(page.getByText('Admins decide which team and owner new keys get.')).toBeVisible();
  await page.goto('/teams/left');
  await expect(page.getByText('Admins give keys to their owners.')).toBeVisible();
});

import { expect, test } from './fixtures';
import { openKeyTable } from './key-table';

test('a team is created, gets a person and keys, and is archived once it holds none', async ({
  page,
  signIn,
}) => {
  await signIn(page, 'admin');
  await page.goto('/teams');
  await expect(page.getByRole('row').filter({ hasText: 'Payments' })).toContainText('Priya Raman');
  await page.getByRole('button', { name: 'Create team' }).click();
  const create = page.getByRole('dialog', { name: 'Create a team' });
  await create.getByRole('button', { name: 'Create team' }).click();
  await expect(create.getByLabel('Name')).toHaveAccessibleDescription(/.+/);
  await create.getByLabel('Name').fill('Field trials');
  await create.getByLabel('Cost centre').fill('CC-9000');
  await create.getByLabel('Monthly budget').fill('-5');
  await create.getByRole('button', { name: 'Create team' }).click();
  await expect(create.getByLabel('Monthly budget')).toHaveAccessibleDescription(/above zero/);
  await create.getByLabel('Monthly budget').fill('1,200');
  await create.getByRole('button', { name: 'Create team' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Field trials' })).toBeVisible();
  await expect(page.getByRole('meter', { name: 'Budget used by Field trials' })).toHaveAttribute(
    'aria-valuetext',
    '$0.00 of $1,200 spent this month',
  );

  await page.getByRole('button', { name: 'Add person' }).click();
  const add = page.getByRole('dialog', { name: 'Add a person to Field trials' });
  await add.getByLabel('Person').selectOption({ label: 'Priya Raman · lead@example.com · Team lead' });
  await add.getByRole('radio', { name: 'Lead' }).check();
  await add.getByRole('button', { name: 'Add person' }).click();
  const people = page.getByRole('table', { name: 'People of Field trials' });
  await expect(people.getByRole('row').filter({ hasText: 'Priya Raman' })).toContainText('Lead');

  await page.getByRole('link', { name: 'Show keys without a team' }).click();
  await expect(page.getByRole('button', { name: 'Team: No team' })).toBeVisible();
  const table = await openKeyTable(page, '?q=moderation');
  await page.getByRole('button', { name: 'Actions for moderation' }).click();
  await page.getByRole('menuitem', { name: 'Assign team and owner…' }).click();
  const assign = page.getByRole('dialog', { name: 'Team and owner' });
  await assign.getByLabel('Team').selectOption('Field trials');
  await assign.getByLabel('Owner').selectOption('Priya Raman');
  await assign.getByRole('button', { name: 'Assign key' }).click();
  await expect(table.row('moderation')).toContainText('Field trials');
  await expect(table.row('moderation')).toContainText('Priya Raman');

  await page.goto('/teams');
  await page.getByRole('link', { name: 'Field trials', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Keys of the team' })).toContainText('moderation');
  await page.getByRole('button', { name: 'Archive' }).click();
  const archive = page.getByRole('alertdialog', { name: 'Archive Field trials?' });
  await expect(archive.getByText('It still has 1 key.')).toBeVisible();
  await expect(archive.getByRole('button', { name: 'Archive team' })).toBeDisabled();
  await archive.getByRole('button', { name: 'Cancel' }).click();

  await openKeyTable(page, '?q=moderation');
  await page.getByRole('button', { name: 'Actions for moderation' }).click();
  await page.getByRole('menuitem', { name: 'Assign team and owner…' }).click();
  await assign.getByLabel('Team').selectOption('No team');
  await assign.getByRole('button', { name: 'Assign key' }).click();
  await expect(assign).toBeHidden();
  await page.goto('/teams');
  await page.getByRole('link', { name: 'Field trials', exact: true }).click();
  await page.getByRole('button', { name: 'Archive' }).click();
  await archive.getByRole('button', { name: 'Archive team' }).click();
  await expect(page).toHaveURL(/\/teams$/);
  await expect(page.getByRole('link', { name: 'Field trials', exact: true })).toHaveCount(0);
});

test('a lead sees the own teams, their keys and their spend, and nothing to change', async ({
  page,
  signIn,
}) => {
  await signIn(page, 'lead');
  await page.goto('/teams');
  const teams = page.getByRole('table', { name: 'Teams' });
  await expect(teams.getByRole('row').filter({ hasText: 'Payments' })).toBeVisible();
  await expect(teams.getByRole('row').filter({ hasText: 'Discovery' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Create team' })).toHaveCount(0);
  const table = await openKeyTable(page, '?sort=name.asc');
  await expect(table.row('checkout-assistant')).toBeVisible();
  await expect(table.row('recipe-parser')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Create key' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Actions for checkout-assistant', exact: true }).click();
  await expect(page.getByRole('menuitem')).toHaveText(['Open key']);
  await page.keyboard.press('Escape');
  await page.goto('/audit');
  await expect(page.getByText('Admins and finance read the audit log.')).toBeVisible();
  await page.goto('/connections');
  await expect(page.getByRole('table', { name: 'Connections' })).toHaveCount(0);
});

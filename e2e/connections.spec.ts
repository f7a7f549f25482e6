import { connect } from './connect';
import { expect, test } from './fixtures';

// What a test connects would stand in the tables of the others.
test.use({ isFilled: false });

test('a wrong management key is refused beside its field, and nothing is stored', async ({
  page,
  signIn,
  openrouter,
}) => {
  await signIn(page, 'admin');
  await page.goto('/connections/new');
  await page.getByRole('radio', { name: 'OpenRouter' }).check();
  await page.getByLabel('Name', { exact: true }).fill('Never stored');
  await page.getByLabel('Base URL').fill(openrouter.url);
  const key = page.getByLabel('Management key', { exact: true });
  await key.fill(`${openrouter.managementKey.slice(0, -4)}0000`);
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await expect(key).toHaveAccessibleDescription(/does not accept this key/);
  await expect(key).toBeFocused();
  await expect(page.getByRole('button', { name: 'Connect', exact: true })).toHaveCount(0);
  await page.goto('/connections');
  await expect(page.getByRole('link', { name: 'Never stored' })).toHaveCount(0);
});

test('the test of a connection reports what it found before anything is stored', async ({
  page,
  signIn,
  requesty,
}) => {
  await signIn(page, 'admin');
  await page.goto('/connections/new');
  await page.getByRole('radio', { name: 'Requesty' }).check();
  await page.getByLabel('Base URL').fill(requesty.classicUrl);
  await page.getByLabel('Management key', { exact: true }).fill(requesty.managementKey);
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  const found = page.getByRole('region', { name: 'What was found' });
  await expect(found).toContainText(/Generation\s*Classic/i);
  await expect(found).toContainText(/Keys\s*\d+/);
  await expect(page.getByRole('heading', { name: 'Rights of this key' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'What this connection can do' })).toBeVisible();
  await page.getByLabel('Base URL').fill(requesty.url);
  await expect(found).toBeHidden();
  await expect(page.getByRole('button', { name: 'Connect', exact: true })).toHaveCount(0);
});

test('a connection is paused, gets a new key, and is removed; its history stays', async ({
  page,
  signIn,
  openrouter,
}) => {
  await signIn(page, 'admin');
  const name = 'Short-lived account';
  await connect(page, {
    provider: 'OpenRouter',
    name,
    baseUrl: openrouter.url,
    managementKey: openrouter.managementKey,
  });
  const more = page.getByRole('button', { name: 'More' });
  const tail = openrouter.managementKey.slice(-4);
  await expect(page.getByText(`…${tail}`).first()).toBeVisible();
  expect(await page.content()).not.toContain(openrouter.managementKey);

  await more.click();
  await page.getByRole('menuitem', { name: 'Pause' }).click();
  await expect(page.getByText('Nothing is read or changed through this connection.')).toBeVisible();
  await more.click();
  await page.getByRole('menuitem', { name: 'Resume' }).click();
  await expect(page.getByText('Nothing is read or changed through this connection.')).toBeHidden();

  await page.getByRole('button', { name: 'Replace key' }).click();
  const replace = page.getByRole('dialog', { name: 'Replace management key' });
  await replace.getByLabel('New management key').fill('sk-or-v1-wrong');
  await replace.getByRole('button', { name: 'Test' }).click();
  await expect(replace.getByLabel('New management key')).toHaveAccessibleDescription(
    /does not accept this key/,
  );
  await replace.getByLabel('New management key').fill(openrouter.managementKey);
  await replace.getByRole('button', { name: 'Test' }).click();
  await expect(replace.getByText('The key works.')).toBeVisible();
  await replace.getByRole('button', { name: 'Replace key' }).click();
  await expect(replace).toBeHidden();

  await more.click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  const remove = page.getByRole('alertdialog', { name: `Remove “${name}”?` });
  await expect(remove.getByRole('button', { name: 'Remove connection' })).toBeDisabled();
  await remove.getByLabel("Type the connection's name to confirm").fill(name);
  await remove.getByRole('button', { name: 'Remove connection' }).click();
  await expect(page).toHaveURL(/\/connections$/);
  await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0);
  await page.goto('/audit');
  const audit = page.getByRole('table', { name: /^Audit log/ });
  for (const action of [
    'Remove connection',
    'Replace management key',
    'Resume connection',
    'Pause connection',
  ])
    await expect(
      audit.getByRole('row').filter({ hasText: action }).filter({ hasText: name }).first(),
    ).toBeVisible();
});

import { expect, test } from './fixtures';

test('on a phone the navigation folds, and leads on', async ({ page, signIn }) => {
  await signIn(page, 'admin');
  await page.goto('/');
  await expect(page.getByRole('navigation').getByRole('link', { name: 'Keys' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Open menu' }).click();
  const menu = page.getByRole('dialog', { name: 'Menu' });
  await menu.getByRole('link', { name: 'Keys' }).click();
  await expect(menu).toBeHidden();
  await expect(page.getByRole('heading', { level: 1, name: 'Keys' })).toBeVisible();
});

test('on a phone keys are cards; search, sort and filters stay', async ({ page, signIn }) => {
  await signIn(page, 'admin');
  await page.goto('/keys');
  const cards = page.getByRole('list', { name: 'Keys' }).getByRole('article');
  await expect(cards.first()).toBeVisible();
  await page.getByRole('searchbox', { name: 'Filter keys' }).fill('checkout-assistant');
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption('name.asc');
  await expect(cards.getByRole('link')).toHaveText([
    'checkout-assistant',
    'checkout-assistant-eu',
    'checkout-assistant-us',
  ]);
  await expect(cards.first()).toContainText('$150');
  await expect(cards.first()).toContainText('Payments');
  await expect(page).toHaveURL(/sort=name\.asc/);
  await page.reload();
  await expect(cards).toHaveCount(3);
});

for (const path of [
  '/',
  '/keys',
  '/spend',
  '/teams',
  '/changes',
  '/keys/bulk',
  '/audit',
  '/connections',
  '/members',
  '/account',
]) {
  test(`on a phone nothing of ${path} runs out of the side`, async ({ page, signIn }) => {
    await signIn(page, 'admin');
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });
}

test('on a phone a limit is raised on a sheet that fills the screen', async ({
  page,
  signIn,
  openrouter,
}) => {
  await signIn(page, 'admin');
  await page.goto('/keys?q=meeting-minutes');
  await page.getByRole('button', { name: /^Edit limit of meeting-minutes:/ }).click();
  const edit = page.getByRole('dialog', { name: 'Edit limit' });
  await expect(edit).toBeVisible();
  await expect
    .poll(async () => {
      const box = await edit.boundingBox();
      return [box?.x, box?.y, box?.width, box?.height];
    })
    .toEqual([0, 0, 390, 844]);
  await edit.getByLabel('Amount, USD').fill('612');
  await edit.getByRole('button', { name: /^Raise limit to \$612/ }).click();
  await expect(edit).toBeHidden();
  await expect(page.getByRole('article', { name: 'meeting-minutes' })).toContainText('$612');
  const key = [...openrouter.state.keys.values()].find(({ name }) => name === 'meeting-minutes');
  expect(key?.limit).toBe(612);
});

test('on a phone a key in use is deleted only with its name typed', async ({ page, signIn, openrouter }) => {
  await signIn(page, 'admin');
  await page.goto('/keys?q=product-tagging');
  await page.getByRole('button', { name: 'Actions for product-tagging' }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  const remove = page.getByRole('alertdialog', { name: 'Delete “product-tagging”?' });
  await expect(remove.getByText('This key is in use.')).toBeVisible();
  await expect(remove.getByRole('button', { name: 'Disable instead' })).toBeVisible();
  await expect(remove.getByRole('button', { name: 'Delete key' })).toBeDisabled();
  await remove.getByLabel("Type the key's name to confirm").fill('product-tagging');
  await remove.getByRole('button', { name: 'Delete key' }).click();
  await expect(remove).toBeHidden();
  await expect(page.getByRole('article', { name: 'product-tagging' })).toContainText('Deleted on');
  const key = [...openrouter.state.keys.values()].find(({ name }) => name === 'product-tagging');
  expect(key).toMatchObject({ disabled: true, deletedAt: null });
});

import type { Locator, Page } from '@playwright/test';
import { changeOutside, trueKeysOf } from './emulator';
import { expect, test } from './fixtures';
import { keyTable, readNow } from './key-table';

/** Opens the menu of a key's row with the keyboard alone and chooses an item. */
async function chooseByKeyboard(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).focus();
  await page.keyboard.press('Enter');
  const wanted = page.getByRole('menuitem', { name: item });
  await expect(wanted).toBeVisible();
  for (let presses = 0; presses < 12; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('ArrowDown');
  }
  await expect(wanted).toBeFocused();
  await page.keyboard.press('Enter');
}

/** Confirms with the keyboard; a key that may be in use asks for its name. */
async function confirmByKeyboard(page: Page, dialog: Locator, name: string): Promise<void> {
  await expect(dialog.getByText('Last hour')).toBeVisible();
  const typed = dialog.getByLabel("Type the key's name to confirm");
  if (await typed.isVisible()) {
    await expect(dialog.getByRole('button', { name: 'Delete key' })).toBeDisabled();
    await typed.focus();
    await page.keyboard.type(name);
  }
  await dialog.getByRole('button', { name: 'Delete key' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
}

const dialogOf = (page: Page, name: string) => page.getByRole('alertdialog', { name: `Delete “${name}”?` });

async function listed(page: Page, name: string): Promise<Locator> {
  await page.goto(`/keys?q=${name}`);
  const row = keyTable(page).row(name);
  await expect(row).toBeVisible({ timeout: 30_000 });
  return row;
}

test('a deleted key waits disabled, and is taken back from the message, its page and the list', async ({
  page,
  signIn,
  openrouter,
}) => {
  test.setTimeout(120_000);
  const name = 'leaving-for-good';
  await changeOutside(openrouter.controlUrl, { op: 'create', name, limit: 5 });
  const truth = () => [...openrouter.state.keys.values()].find((key) => key.name === name);
  await signIn(page, 'admin');
  await readNow(page, 'OpenRouter');
  const row = await listed(page, name);

  await chooseByKeyboard(page, name, 'Delete…');
  const dialog = dialogOf(page, name);
  await expect(dialog).toContainText('Until then one click undoes it.');
  await expect(dialog.getByText('0 requests', { exact: true })).toBeVisible();
  await confirmByKeyboard(page, dialog, name);
  await expect(row).toContainText('Deleted on');
  expect(truth()).toMatchObject({ disabled: true, deletedAt: null });
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(row).not.toContainText('Deleted on');
  expect(truth()).toMatchObject({ disabled: false, deletedAt: null });

  await chooseByKeyboard(page, name, 'Delete…');
  await confirmByKeyboard(page, dialogOf(page, name), name);
  await expect(row).toContainText('Deleted on');
  await row.getByRole('link', { name, exact: true }).click();
  await expect(page.getByText(/^Disabled, and deleted on/)).toBeVisible();
  await page.getByRole('button', { name: 'Undo deletion' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^Disabled, and deleted on/)).toBeHidden();
  expect(truth()).toMatchObject({ disabled: false, deletedAt: null });

  await listed(page, name);
  await chooseByKeyboard(page, name, 'Delete…');
  await confirmByKeyboard(page, dialogOf(page, name), name);
  await expect(row).toContainText('Deleted on');
  await page.goto('/changes');
  const waiting = page.getByRole('region', { name: 'Waiting to be deleted' });
  await expect(waiting.getByRole('link', { name })).toBeVisible();
  await waiting.getByRole('button', { name: `Undo the deletion of ${name}` }).click();
  await expect(waiting.getByRole('link', { name })).toBeHidden();
  expect(truth()).toMatchObject({ disabled: false, deletedAt: null });
});

test('an admin sets the grace period', async ({ page, signIn }) => {
  await signIn(page, 'admin');
  await page.goto('/changes');
  const waiting = page.getByRole('region', { name: 'Waiting to be deleted' });
  const setTo = async (days: string) => {
    await waiting.getByRole('button', { name: 'Change the grace period…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Grace period' });
    await dialog.getByLabel('Days').fill(days);
    await page.keyboard.press('Enter');
    return dialog;
  };
  const refused = await setTo('0');
  await expect(refused).toContainText('At least one day');
  await page.keyboard.press('Escape');
  await expect(await setTo('14')).toBeHidden();
  await expect(waiting).toContainText('Can be taken back for 14 days.');
  await expect(await setTo('7')).toBeHidden();
  await expect(waiting).toContainText('Can be taken back for 7 days.');
});

test('where a provider cannot disable, deleting is final and the lowest cap is offered instead', async ({
  page,
  signIn,
  requesty,
}) => {
  const name = 'no-way-back';
  await changeOutside(requesty.controlUrl, { op: 'create', name, monthly_limit: 5 });
  const truth = async () => (await trueKeysOf(requesty.controlUrl)).find((key) => key.name === name);
  await signIn(page, 'admin');
  await readNow(page, 'Requesty');
  const row = await listed(page, name);

  await chooseByKeyboard(page, name, 'Delete…');
  await expect(dialogOf(page, name)).toContainText('This is final');
  await dialogOf(page, name).getByRole('button', { name: 'Cap at $0.01 instead' }).focus();
  await page.keyboard.press('Enter');
  await expect(dialogOf(page, name)).toBeHidden();
  await expect(row).toContainText('$0.01');
  expect((await truth())?.deletedAt).toBeNull();

  await chooseByKeyboard(page, name, 'Delete…');
  await confirmByKeyboard(page, dialogOf(page, name), name);
  await expect(row).toBeHidden();
  expect((await truth())?.deletedAt).not.toBeNull();
});

test('Keyward’s own key is marked and cannot be deleted', async ({ page, signIn, requesty }) => {
  const known = await trueKeysOf(requesty.controlUrl);
  const own = known.find(({ secret }) => secret === requesty.managementKey);
  if (!own) throw new Error('The management key is not among the keys of the emulator.');
  await signIn(page, 'admin');
  const row = await listed(page, own.name);
  await expect(row).toContainText('Keyward’s own key');
  await page.getByRole('button', { name: `Actions for ${own.name}` }).click();
  await expect(page.getByRole('menuitem', { name: 'Edit limit…' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Delete…' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await row.getByRole('link', { name: own.name, exact: true }).click();
  await expect(page.getByText(/it can be neither disabled nor deleted here/)).toBeVisible();
});

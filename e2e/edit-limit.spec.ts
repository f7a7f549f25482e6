import type { Page } from '@playwright/test';
import { changeOutside } from './emulator';
import { expect, test } from './fixtures';
import { openKeyTable, readNow } from './key-table';

async function openEditor(page: Page, name: string) {
  const table = await openKeyTable(page, `?q=${name}`);
  await page.getByRole('button', { name: new RegExp(`^Edit limit of ${name}:`) }).click();
  return { table, edit: page.getByRole('dialog', { name: 'Edit limit' }) };
}

test('a limit that someone else changed meanwhile is not overwritten: three values, and a choice', async ({
  page,
  signIn,
  openrouter,
}) => {
  const limitNow = () =>
    [...openrouter.state.keys.values()].find(({ name }) => name === 'faq-answers')?.limit ?? null;
  await signIn(page, 'admin');
  const { edit, table } = await openEditor(page, 'faq-answers');
  await expect(edit.getByLabel('Amount, USD')).toHaveValue('150');
  await changeOutside(openrouter.controlUrl, { op: 'update', key: 'faq-answers', limit: 222 });
  await edit.getByLabel('Amount, USD').fill('380');
  await edit.getByRole('button', { name: 'Raise limit to $380' }).click();

  const notice = edit.getByRole('alert');
  await expect(notice).toContainText('The limit was changed since you opened this form.');
  await expect(notice).toContainText(/Then\s*\$150 monthly/);
  await expect(notice).toContainText(/Theirs, now\s*\$222 monthly/);
  await expect(notice).toContainText(/Yours\s*\$380 monthly/);
  expect(limitNow()).toBe(222);

  await notice.getByRole('button', { name: 'Set mine: $380 monthly' }).click();
  await expect(edit).toBeHidden();
  await expect(table.row('faq-answers')).toContainText('$380');
  expect(limitNow()).toBe(380);
});

test('keeping theirs leaves the limit as someone else set it', async ({ page, signIn, openrouter }) => {
  await signIn(page, 'admin');
  const { edit } = await openEditor(page, 'data-catalog');
  await changeOutside(openrouter.controlUrl, { op: 'update', key: 'data-catalog', limit: 90 });
  await edit.getByLabel('Amount, USD').fill('10');
  await edit.getByRole('button', { name: /^Lower limit to \$10/ }).click();
  await edit.getByRole('button', { name: 'Keep theirs' }).click();
  await expect(edit).toBeHidden();
  const key = [...openrouter.state.keys.values()].find(({ name }) => name === 'data-catalog');
  expect(key?.limit).toBe(90);
});

test('a read behind the editor changes the table, not what is being typed', async ({
  page,
  signIn,
  openrouter,
}) => {
  await signIn(page, 'admin');
  const { edit } = await openEditor(page, 'meeting-minutes');
  const amount = edit.getByLabel('Amount, USD');
  await edit.getByLabel(/Reason/).fill('Half a sentence that is');
  await amount.fill('333');
  await changeOutside(openrouter.controlUrl, { op: 'update', key: 'meeting-minutes', limit: 640 });
  await readNow(page, 'OpenRouter');
  await expect(
    page.getByRole('row', { includeHidden: true }).filter({ hasText: 'meeting-minutes' }),
  ).toContainText('$640', { timeout: 30_000 });
  await expect(amount).toHaveValue('333');
  await expect(edit.getByLabel(/Reason/)).toHaveValue('Half a sentence that is');
  await expect(amount).toBeFocused();
});

test('the editor says what a limit would mean, and nothing edited sends nothing', async ({
  page,
  signIn,
  openrouter,
}) => {
  await signIn(page, 'admin');
  const { edit } = await openEditor(page, 'image-captions');
  await expect(edit.getByRole('button', { name: 'Nothing edited' })).toBeDisabled();
  await edit.getByRole('radio', { name: 'No limit' }).check();
  await expect(edit.getByText('Nothing would stop this key.')).toBeVisible();
  await edit.getByRole('radio', { name: 'Blocked' }).check();
  await expect(edit.getByText('Every request on this key would fail.')).toBeVisible();
  await edit.getByRole('radio', { name: 'Cap', exact: true }).check();
  await edit.getByLabel('Amount, USD').fill('-4');
  await edit.getByRole('button', { name: 'Change limit' }).click();
  await expect(edit.getByLabel('Amount, USD')).toHaveAccessibleDescription(/.+/);
  await edit.getByLabel('Amount, USD').fill('2.50');
  openrouter.calls.clear();
  await edit.getByRole('button', { name: 'Raise limit to $2.50' }).click();
  await expect(edit).toBeHidden();
  const sent = openrouter.calls.list().filter(({ method }) => method === 'PATCH');
  expect(sent).toHaveLength(1);
});

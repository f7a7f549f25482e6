import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { openKeyTable } from './key-table';

async function openKey(page: Page, name: string): Promise<void> {
  const table = await openKeyTable(page, `?q=${name}`);
  await table.row(name).getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

test('a key tells what is left and until when, its facts, and its use by day and model', async ({
  page,
  signIn,
}) => {
  await signIn(page, 'admin');
  await openKey(page, 'invoice-extract-dev');
  await expect(page).toHaveTitle(/^invoice-extract-dev/);
  await expect(page.getByText(/[Cc]an still spend \$[\d,.]+ until .+ UTC|is used up/)).toBeVisible();
  await expect(page.getByRole('meter', { name: 'Limit used' })).toBeVisible();
  const facts = page.getByRole('region', { name: 'Facts' });
  await expect(facts).toContainText('OpenRouter');
  await expect(facts).toContainText(/Expires\s*\d/);

  await expect(page.getByRole('figure', { name: /^Daily spend by model\./ })).toBeVisible();
  const range = page.getByRole('radiogroup', { name: 'Date range' });
  await range.getByRole('radio', { name: '30 d' }).check();
  await expect(page).toHaveURL(/range=30d/);
  await page
    .getByRole('radiogroup', { name: 'What is drawn' })
    .getByRole('radio', { name: 'Requests' })
    .check();
  await expect(page.getByRole('figure', { name: /^Daily requests by model\./ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('figure', { name: /^Daily requests by model\./ })).toBeVisible();
  await expect(range.getByRole('radio', { name: '30 d' })).toBeChecked();
  await page.goBack();
  await expect(page.getByRole('figure', { name: /^Daily spend by model\./ })).toBeVisible();
});

test('a change on the key page stands in its history with who and why; the focus comes back', async ({
  page,
  signIn,
}) => {
  await signIn(page, 'admin');
  await openKey(page, 'sentiment-feed');
  const opener = page.getByRole('button', { name: 'Edit limit', exact: true });
  await opener.click();
  const edit = page.getByRole('dialog', { name: 'Edit limit' });
  await edit.getByLabel('Amount, USD').fill('44');
  await edit.getByLabel(/Reason/).fill('Pilot with two customers');
  await edit.getByRole('button', { name: /^Raise limit to \$44/ }).click();
  await expect(edit).toBeHidden();
  await expect(opener).toBeFocused();
  const history = page.getByRole('region', { name: 'Changes' });
  await expect(history.getByRole('listitem').first()).toContainText('Pilot with two customers');
  await expect(history.getByRole('listitem').first()).toContainText('Amara Okafor');
  await expect(history.getByRole('listitem').first()).toContainText('$44 monthly');

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Rename…' }).click();
  const rename = page.getByRole('dialog', { name: 'Rename key' });
  await rename.getByLabel('Name').fill('sentiment-feed-eu');
  await rename.getByRole('button', { name: 'Rename key' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'sentiment-feed-eu' })).toBeVisible();
  await page.getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByRole('button', { name: 'Enable' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'More' })).toBeVisible();
  await page.getByRole('button', { name: 'Enable', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Disable', exact: true })).toBeVisible();
});

test('what a provider cannot do is greyed with its reason', async ({ page, signIn }) => {
  await signIn(page, 'admin');
  await openKey(page, 'dpa-checker-prod');
  await page.getByRole('button', { name: 'More' }).click();
  const rename = page.getByRole('menuitem', { name: /^Rename/ });
  await expect(rename).toHaveAttribute('aria-disabled', 'true');
  await expect(rename).toHaveText(/^Rename.{15,}/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Cap at $0.01' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Disable', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Edit limit', exact: true }).click();
  const edit = page.getByRole('dialog', { name: 'Edit limit' });
  await expect(edit.getByRole('radio', { name: 'Blocked' })).toBeDisabled();
});

test('finance reads a key and changes nothing', async ({ page, signIn }) => {
  await signIn(page, 'finance');
  await openKey(page, 'checkout-assistant');
  await expect(page.getByRole('figure', { name: /^Daily spend by model\./ })).toBeVisible();
  for (const name of ['Edit limit', 'Disable', 'More']) {
    await expect(page.getByRole('button', { name, exact: true })).toHaveCount(0);
  }
});

test.describe('keys that are not there', () => {
  test.use({ expectedErrors: [/404 \(Not Found\)/] });

  test('an unknown key, and one out of reach, get the same page', async ({ page, signIn }) => {
    await signIn(page, 'lead');
    await page.goto('/keys/999999');
    await expect(page.getByRole('heading', { name: 'This key is not here' })).toBeVisible();
    const unknown = await page.getByRole('main').textContent();
    const admin = await page
      .context()
      .browser()
      ?.newContext({ baseURL: new URL(page.url()).origin });
    const theirs = await admin?.newPage();
    if (!theirs) throw new Error('There is no second browser context.');
    await signIn(theirs, 'admin');
    await openKey(theirs, 'recipe-parser');
    await page.goto(new URL(theirs.url()).pathname);
    await expect(page.getByRole('main')).toHaveText(unknown ?? '');
    await admin?.close();
  });
});

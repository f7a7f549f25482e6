import type { Locator } from '@playwright/test';
import { connect } from './connect';
import { expect, test } from './fixtures';
import { keyTable, pickAction } from './key-table';

// What a test connects would stand in the tables of the others.
test.use({ isFilled: false });

type World = {
  openrouter: { url: string; managementKey: string };
  requesty: { url: string; classicUrl: string; managementKey: string };
};

const targets = [
  {
    title: 'OpenRouter',
    canDisable: true,
    of: ({ openrouter }: World) => ({
      provider: 'OpenRouter' as const,
      name: 'Router account',
      baseUrl: openrouter.url,
      managementKey: openrouter.managementKey,
    }),
  },
  {
    title: 'Requesty, current',
    canDisable: false,
    of: ({ requesty }: World) => ({
      provider: 'Requesty' as const,
      name: 'Current account',
      baseUrl: requesty.url,
      managementKey: requesty.managementKey,
    }),
  },
  {
    title: 'Requesty, classic',
    canDisable: false,
    of: ({ requesty }: World) => ({
      provider: 'Requesty' as const,
      name: 'Classic account',
      baseUrl: requesty.classicUrl,
      managementKey: requesty.managementKey,
    }),
  },
];

for (const { title, canDisable, of } of targets) {
  test(`an admin governs keys at ${title}: connect, list, create, limit, stop, delete`, async ({
    page,
    signIn,
    openrouter,
    requesty,
  }) => {
    const connection = of({ openrouter, requesty });
    const keyName = `e2e ${connection.name.toLowerCase()}`;
    await signIn(page, 'admin');
    await connect(page, connection);

    await page.getByRole('link', { name: /^[\d,]+ keys$/ }).click();
    const table = keyTable(page);
    await expect(table.grid.getByRole('row').filter({ hasText: connection.name }).first()).toBeVisible({
      timeout: 30_000,
    });

    await page.getByRole('button', { name: 'Create key' }).click();
    const create = page.getByRole('dialog', { name: 'Create key' });
    await create.getByLabel('Connection').selectOption({ label: await optionOf(create, connection.name) });
    await create.getByRole('button', { name: 'Create key' }).click();
    await expect(create.getByText('Give the key a name.')).toBeVisible();
    await create.getByLabel('Name').fill(keyName);
    await create.getByLabel('Amount, USD').fill('25');
    await create.getByRole('button', { name: 'Create key' }).click();

    const reveal = page.getByRole('dialog', { name: `“${keyName}” was created` });
    const secret = (await reveal.getByTestId('new-secret').textContent()) ?? '';
    expect(secret.length).toBeGreaterThan(20);
    await reveal.getByRole('button', { name: 'Done' }).click();
    await expect(reveal.getByText('was not copied, downloaded or confirmed')).toBeVisible();
    await reveal.getByLabel('I have stored the secret').check();
    await reveal.getByRole('button', { name: 'Done' }).click();
    await expect(reveal).toBeHidden();
    expect(await page.content()).not.toContain(secret);

    await table.search.fill(keyName);
    const row = table.row(keyName);
    await expect(row).toContainText('$25');
    await row.getByRole('button', { name: `Edit limit of ${keyName}` }).click();
    const edit = page.getByRole('dialog', { name: 'Edit limit' });
    await edit.getByLabel('Amount, USD').fill('380');
    await edit.getByLabel(/Reason/).fill('Ticket volume, agreed with Support');
    await edit.getByRole('button', { name: /^Raise limit to \$380/ }).click();
    await expect(edit).toBeHidden();
    await expect(row).toContainText('$380');

    if (canDisable) {
      await pickAction(page, keyName, 'Disable');
      await expect(row).toContainText('Disabled');
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect(row).toContainText('Active');
    } else {
      await pickAction(page, keyName, 'Cap at $0.01');
      await expect(row).toContainText('$0.01');
    }

    await pickAction(page, keyName, 'Delete…');
    const remove = page.getByRole('alertdialog', { name: `Delete “${keyName}”?` });
    const typed = remove.getByLabel("Type the key's name to confirm");
    await expect(remove.getByText('kept')).toBeVisible();
    await expect(remove.getByText('Last hour')).toBeVisible();
    if (await typed.isVisible()) await typed.fill(keyName);
    await remove.getByRole('button', { name: 'Delete key' }).click();
    await expect(remove).toBeHidden();
    if (canDisable) await expect(row).toContainText('Deleted on');
    else await expect(row).toBeHidden();
  });
}

/** The words of the option that names the connection, once the dialog is there. */
async function optionOf(dialog: Locator, name: string): Promise<string> {
  const option = dialog.getByLabel('Connection').getByRole('option').filter({ hasText: name });
  await expect(option).toHaveCount(1);
  return (await option.textContent()) ?? '';
}

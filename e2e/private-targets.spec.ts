import { expect, test } from './fixtures';

// The settings of a real installation: nothing allows private targets.
test.use({ isFilled: false, isPrivateAllowed: false });

test('neither a webhook nor a connection leads to this machine or a private network', async ({
  page,
  signIn,
  mail,
  openrouter,
}) => {
  await signIn(page, 'admin');

  await test.step('a webhook is refused beside its address, and nothing is called', async () => {
    await page.goto('/settings/webhooks');
    await page.getByRole('button', { name: 'Add webhook' }).first().click();
    const form = page.getByRole('dialog', { name: 'Add a webhook' });
    const address = form.getByLabel('Address');
    await form.getByLabel('Name').fill('Inside');
    await address.fill(`${mail.url.replace('http:', 'https:')}/hooks/inside`);
    await form.getByRole('button', { name: 'Add webhook' }).click();
    await expect(address).toHaveAccessibleDescription(/127\.0\.0\.1 leads to this machine/);
    await address.fill('https://10.20.30.40/hook');
    await form.getByRole('button', { name: 'Add webhook' }).click();
    await expect(address).toHaveAccessibleDescription(
      /10\.20\.30\.40 leads to a private network, which the settings of this installation do not allow/,
    );
    await form.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('heading', { name: 'No webhook yet' })).toBeVisible();
    expect(mail.inbox.calls).toEqual([]);
  });

  await test.step('a connection is refused beside its base URL, and no key is sent', async () => {
    await page.goto('/connections/new');
    await page.getByRole('radio', { name: 'OpenRouter' }).check();
    await page.getByLabel('Name', { exact: true }).fill('Inside');
    const base = page.getByLabel('Base URL');
    await page.getByLabel('Management key', { exact: true }).fill(openrouter.managementKey);
    await base.fill(openrouter.url);
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(base).toHaveAccessibleDescription(/An address on this machine is not accepted here/);
    await base.fill('https://192.168.7.8/api/v1');
    await page.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(base).toHaveAccessibleDescription(
      /192\.168\.7\.8 leads to a private network, which the settings of this installation do not allow/,
    );
    await page.goto('/connections');
    await expect(page.getByRole('link', { name: 'Inside' })).toHaveCount(0);
  });
});

import { expect, test } from './fixtures';

test.describe('a refused sign-in', () => {
  // The browser itself notes the answer's status.
  test.use({ expectedErrors: [/401 \(Unauthorized\).*\/api\/auth\/callback\/credentials/] });

  test('a wrong password is refused beside the form, and what was typed stays', async ({
    page,
    console: server,
  }) => {
    const [admin] = server.accounts;
    await page.goto('/keys');
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await page.getByLabel('Email').fill(admin?.email ?? '');
    await page.getByLabel('Password', { exact: true }).fill('not-the-password');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    const password = page.getByLabel('Password', { exact: true });
    await expect(password).toHaveAccessibleDescription('The email address or the password is not right.');
    await expect(password).toBeFocused();
    await expect(page.getByLabel('Email')).toHaveValue(admin?.email ?? '');
  });
});

test('signing in leads back to the page asked for; signing out ends even a copied cookie', async ({
  page,
  context,
  browser,
  console: server,
}) => {
  const [admin] = server.accounts;
  await page.goto('/members');
  await page.getByLabel('Email').fill(admin?.email ?? '');
  await page.getByLabel('Password', { exact: true }).fill(admin?.password ?? '');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL(/\/members$/);
  const copied = await context.storageState();

  // A click on a page that has just come may be too early to be heard; a person clicks again.
  const signOut = page.getByRole('menuitem', { name: 'Sign out' });
  await expect(async () => {
    await page.getByRole('button', { name: /Admin/ }).first().click();
    await expect(signOut).toBeVisible({ timeout: 2_000 });
  }).toPass();
  await signOut.click();
  await expect(page).toHaveURL(/\/sign-in/);

  const thief = await browser.newContext({ baseURL: server.url, storageState: copied });
  const stolen = await thief.newPage();
  await stolen.goto('/members');
  await expect(stolen).toHaveURL(/\/sign-in/);
  await thief.close();
});

test('every answer carries the security headers, and the pages a policy with a nonce', async ({
  request,
}) => {
  const response = await request.get('/sign-in');
  const headers = response.headers();
  expect(headers['content-security-policy']).toMatch(/script-src 'self' 'nonce-[\w+/=-]+' 'strict-dynamic'/);
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['x-powered-by']).toBeUndefined();
  expect((await request.get('/api/health')).status()).toBe(200);
  expect((await request.get('/api/ready')).status()).toBe(200);
  expect((await request.get('/api/keys')).status()).toBe(401);
});

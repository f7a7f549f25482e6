import { expect, test } from './fixtures';

test.use({ expectedErrors: [/404 \(Not Found\)/] });

const missing = [
  ['/keys/999999', 'No such key'],
  ['/keys/none', 'No such key'],
  ['/connections/999999', 'No such connection'],
  ['/connections/none', 'No such connection'],
  ['/teams/999999', 'No such team'],
  ['/keys/bulk/none', 'No such bulk change'],
  ['/keys/bulk/00000000-0000-4000-8000-000000000000', 'No such bulk change'],
  ['/nothing', 'Nothing is here'],
  ['/keys/1/nothing', 'Nothing is here'],
] as const;

test('what is not there answers 404, with the console around it', async ({ page, signIn }) => {
  await signIn(page, 'admin');
  for (const [path, title] of missing) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(404);
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
    await expect(page.getByRole('navigation').getByRole('link', { name: 'Keys' })).toBeVisible();
    await expect(page).toHaveTitle(/^(No such|Not found)/);
  }
  for (const path of ['/', '/keys', '/teams', '/connections', '/connections/new', '/keys/bulk']) {
    expect((await page.goto(path))?.status(), path).toBe(200);
  }
});

test('what lies beyond a lead’s reach answers like what is not there', async ({ page, signIn }) => {
  await signIn(page, 'lead');
  const key = await page.goto('/keys/999999');
  expect(key?.status()).toBe(404);
  const rows = page.getByRole('table', { name: 'Teams' }).getByRole('link');
  await page.goto('/teams');
  await expect(rows.first()).toBeVisible();
  const theirs = await rows.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const other = [1, 2, 3, 4].map((id) => `/teams/${id}`).find((path) => !theirs.includes(path));
  if (!other) throw new Error('The lead leads every team.');
  expect((await page.goto(other))?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1, name: 'No such team' })).toBeVisible();
});

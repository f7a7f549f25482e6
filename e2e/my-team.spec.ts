import { expect, test } from './fixtures';

test('a lead lands on what is left for the own teams, of each key and in all', async ({ page, signIn }) => {
  await signIn(page, 'lead');
  await page.goto('/');
  await expect(page).toHaveURL(/\/team$/);
  await expect(page.getByRole('heading', { level: 1, name: 'My teams' })).toBeVisible();
  const payments = page.getByRole('region', { name: 'Payments' });
  await expect(payments.getByText('Headroom')).toBeVisible();
  await expect(payments.getByText(/active keys? can still spend (at most )?\$[\d,.]+ in all/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Discovery' })).toHaveCount(0);
  const keys = payments.getByRole('list', { name: 'Keys of Payments' }).getByRole('listitem');
  const key = keys.filter({ hasText: 'Can still spend' }).first();
  await expect(key).toContainText(/Can still spend (at most )?\$[\d,.]+ (until .*UTC|in all)/);
  await expect(key.getByRole('link', { name: /^Ask for more for / })).toHaveAttribute(
    'href',
    /\/requests\/new\?key=\d+/,
  );

  // The same line stands on the page of the key.
  const name = (await key.getByRole('link').first().textContent()) ?? '';
  const line = (await key.getByText(/^Can still spend/).textContent()) ?? '';
  await key.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  await expect(page.getByText(`This key ${line.charAt(0).toLowerCase()}${line.slice(1)}`)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Ask for more' })).toHaveAttribute(
    'href',
    /\/requests\/new\?key=\d+/,
  );
});

test('an admin keeps the overview, and leads no team on the page of the own teams', async ({
  page,
  signIn,
}) => {
  await signIn(page, 'admin');
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await page.goto('/team');
  await expect(page.getByText('You lead no team yet')).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('the lead reads what is left and asks for more without scrolling sideways', async ({
    page,
    signIn,
  }) => {
    await signIn(page, 'lead');
    await page.goto('/team');
    await expect(page.getByRole('region', { name: 'Payments' })).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    const ask = page.getByRole('link', { name: /^Ask for more for / }).first();
    await ask.scrollIntoViewIfNeeded();
    await expect(ask).toBeInViewport();
  });
});

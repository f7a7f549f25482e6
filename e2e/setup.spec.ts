import { expectAccessible } from './accessibility';
import { startUnsetConsole } from './console-server';
import { expect, test } from './fixtures';

test('the set-up link makes the first admin once, and leads on to the first connection', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const server = await startUnsetConsole();
  const context = await browser.newContext({ baseURL: server.url });
  try {
    const page = await context.newPage();
    await page.goto('/sign-in');
    await expect(page.getByText('Nobody has set Keyward up yet.')).toBeVisible();
    await page.goto('/setup?token=wrong');
    await expect(page.getByRole('heading', { name: 'This link is not valid' })).toBeVisible();
    await expectAccessible(page, '/setup, not valid');
    await page.goto(server.setupUrl);
    await expect(page.getByRole('heading', { name: 'Set up Keyward' })).toBeVisible();
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await expectAccessible(page, `/setup, ${width} px`);
    }
    await page.getByLabel('Your name').fill('Frida Holm');
    await page.getByLabel('Email address').fill('frida@example.com');
    await page.getByLabel('Password', { exact: true }).fill('a-first-long-phrase');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/connections\/new\?first=1$/);
    await expect(page.getByText('Welcome, Frida Holm. You are the first admin.')).toBeVisible();
    await page.goto(server.setupUrl);
    await expect(page.getByRole('heading', { name: 'Keyward is set up' })).toBeVisible();
  } finally {
    await context.close();
    await server.stop();
  }
});

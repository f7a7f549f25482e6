import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

/** Holds every script back until it is called, so that what is pressed before comes too early for certain. */
async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/_next/static/**/*.js', async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

const cases = [
  { path: '/keys', button: 'Search or jump to…', role: 'dialog' },
  { path: '/members', button: 'Actions for Amara Okafor', role: 'menu' },
  { path: '/teams', button: 'Create team', role: 'dialog' },
] as const;

for (const { path, button, role } of cases) {
  test(`“${button}” pressed before the page has its scripts opens once it has`, async ({ page, signIn }) => {
    await signIn(page, 'admin');
    const release = await holdScripts(page);
    await page.goto(path, { waitUntil: 'commit' });
    await page.getByRole('button', { name: button, exact: true }).click();
    await expect(page.getByRole(role)).toHaveCount(0);
    release();
    await expect(page.getByRole(role)).toBeVisible();
  });
}

test('Ctrl and K pressed before the page has its scripts opens the palette once it has', async ({
  page,
  signIn,
}) => {
  await signIn(page, 'admin');
  const release = await holdScripts(page);
  await page.goto('/', { waitUntil: 'commit' });
  await expect(page.getByRole('button', { name: 'Search or jump to…' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  release();
  await expect(page.getByRole('dialog', { name: 'Search or jump to' }).getByRole('combobox')).toBeFocused();
});

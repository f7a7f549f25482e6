import { dialogs, expectAccessible, pages } from './accessibility';
import { expect, test } from './fixtures';

const schemes = ['light', 'dark'] as const;

/** In light and dark; each window size is a file of its own. */
export function testAccessibility(): void {
  for (const colorScheme of schemes) {
    test(`no page violates WCAG 2.2 AA, ${colorScheme}`, async ({ page, signIn }) => {
      test.setTimeout(240_000);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto('/sign-in');
      await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeEnabled();
      await expectAccessible(page, '/sign-in');
      await signIn(page, 'admin');
      for (const { what, open } of pages) {
        await open(page);
        await expectAccessible(page, what);
      }
    });

    test(`no dialog violates WCAG 2.2 AA, ${colorScheme}`, async ({ page, signIn }) => {
      test.setTimeout(240_000);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await signIn(page, 'admin');
      for (const { what, open } of dialogs) {
        await open(page);
        await expectAccessible(page, what);
      }
    });
  }
}

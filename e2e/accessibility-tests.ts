import { dialogs, expectAccessible, pages } from './accessibility';
import { expect, test } from './fixtures';

/** Each window size is a file of its own. */
export function testAccessibility(): void {
  test('no page violates WCAG 2.2 AA, in light and dark', async ({ page, signIn }) => {
    test.setTimeout(300_000);
    await page.goto('/sign-in');
    await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeEnabled();
    await expectAccessible(page, '/sign-in');
    await signIn(page, 'admin');
    for (const { what, open } of pages) {
      await open(page);
      await expectAccessible(page, what);
    }
  });

  test('no dialog violates WCAG 2.2 AA, in light and dark', async ({ page, signIn }) => {
    test.setTimeout(300_000);
    await signIn(page, 'admin');
    for (const { what, open } of dialogs) {
      await open(page);
      await expectAccessible(page, what);
    }
  });
}

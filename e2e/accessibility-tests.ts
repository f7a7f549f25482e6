import { dialogs, expectAccessible, pages } from './accessibility';
import {
  scanBulkRun,
  scanClosedPages,
  scanDoors,
  scanEmptyPages,
  scanMissingPages,
} from './accessibility-states';
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
    await scanBulkRun(page);
  });

  test('no dialog violates WCAG 2.2 AA, in light and dark', async ({ page, signIn }) => {
    test.setTimeout(300_000);
    await signIn(page, 'admin');
    for (const { what, open } of dialogs) {
      await open(page);
      await expectAccessible(page, what);
    }
  });

  test('no page before the sign-in violates WCAG 2.2 AA', async ({ page, browser, signIn }) => {
    test.setTimeout(120_000);
    await signIn(page, 'admin');
    await scanDoors(page, browser);
  });

  test('no page that a role may not open violates WCAG 2.2 AA', async ({ page, signIn }) => {
    test.setTimeout(120_000);
    await signIn(page, 'lead');
    await scanClosedPages(page);
  });

  test.describe('what is not there', () => {
    test.use({ expectedErrors: [/404 \(Not Found\)/] });

    test('violates WCAG 2.2 AA nowhere', async ({ page, signIn }) => {
      test.setTimeout(120_000);
      await signIn(page, 'admin');
      await scanMissingPages(page);
    });
  });
}

/** The same for a console that nothing is connected to. */
export function testEmptyAccessibility(): void {
  test.use({ isFilled: false });

  test('no empty page violates WCAG 2.2 AA, in light and dark', async ({ page, signIn }) => {
    test.setTimeout(300_000);
    await signIn(page, 'admin');
    await scanEmptyPages(page);
  });
}

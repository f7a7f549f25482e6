import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures';

/** The key table of a wide window. */
export function keyTable(page: Page) {
  const grid = page.getByRole('grid', { name: 'Keys' });
  const names = grid.getByRole('link');
  return {
    grid,
    search: page.getByRole('searchbox', { name: 'Filter keys' }),
    /** The names of the rows that are drawn, in their order. */
    names,
    row: (name: string) =>
      grid.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) }),
    heading: (name: string | RegExp) => grid.getByRole('columnheader', { name }),
    sortBy: (name: string | RegExp) => grid.getByRole('columnheader', { name }).getByRole('button').click(),
    chip: (name: string | RegExp) => page.getByRole('button', { name }),
  };
}

/** Opens the key table and waits for its rows. */
export async function openKeyTable(page: Page, query = ''): Promise<ReturnType<typeof keyTable>> {
  await page.goto(`/keys${query}`);
  const table = keyTable(page);
  await expect(table.names.first()).toBeVisible();
  return table;
}

/** Opens the menu of a key's row and picks an item. */
export async function pickAction(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Reads a connection now, from a page of its own, and waits until what changed there is known here. */
export async function readNow(page: Page, connection: string): Promise<void> {
  const other = await page.context().newPage();
  await other.goto('/connections');
  const row = other
    .getByRole('row')
    .filter({ has: other.getByRole('link', { name: connection, exact: true }) });
  const started = other.waitForResponse((response) => response.request().method() === 'POST');
  await row.getByRole('button', { name: `Read now: ${connection}` }).click();
  await started;
  await other.close();
}

/** Whether the focus can be seen where it stands. */
export async function expectVisibleFocus(locator: Locator): Promise<void> {
  await expect(locator).toBeFocused();
  expect(await locator.evaluate((element) => element.matches(':focus-visible'))).toBe(true);
}

import { expect, type Page } from '@playwright/test';

export type Connection = {
  readonly provider: 'OpenRouter' | 'Requesty';
  readonly name: string;
  readonly baseUrl: string;
  readonly managementKey: string;
};

/** Adds a connection as an admin does: fill in, test, connect; waits until its keys were read. */
export async function connect(page: Page, connection: Connection): Promise<void> {
  await page.goto('/connections/new');
  await page.getByRole('radio', { name: connection.provider }).check();
  await page.getByLabel('Name', { exact: true }).fill(connection.name);
  await page.getByLabel('Base URL').fill(connection.baseUrl);
  await page.getByLabel('Management key', { exact: true }).fill(connection.managementKey);
  await page.getByRole('button', { name: 'Test', exact: true }).click();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.waitForURL(/\/connections\/\d+$/);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(connection.name);
}

/** Finds a connection's key in the table by its name: another connection to the same account lists it too. */
export async function findKey(page: Page, name: string, connection: string) {
  await page.getByRole('searchbox', { name: 'Filter keys' }).fill(name);
  const row = page
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) })
    .filter({ hasText: connection });
  await expect(row).toHaveCount(1);
  return row;
}

import type { Browser, Page } from '@playwright/test';
import { expectAccessible } from './accessibility';
import { expect } from './fixtures';
import { createPasswordLink, inviteMember } from './people';

const heading = (page: Page, name: string | RegExp) =>
  expect(page.getByRole('heading', { level: 1, name })).toBeVisible();

/** Pages for people who are not signed in. @param admin a page that is signed in as an admin */
export async function scanDoors(admin: Page, browser: Browser): Promise<void> {
  const invitation = await inviteMember(admin, 'scanned@example.com', 'Team lead');
  const reset = await createPasswordLink(admin, 'Jonas Lindqvist');
  const { width, height } = admin.viewportSize() ?? { width: 1440, height: 900 };
  const context = await browser.newContext({
    baseURL: new URL(invitation).origin,
    viewport: { width, height },
  });
  const page = await context.newPage();
  const doors = [
    [invitation, 'Join Keyward'],
    ['/invite/used', 'This invitation is not valid'],
    [reset, 'Choose a new password'],
    ['/reset/used', 'This link is not valid'],
    ['/setup', 'Keyward is set up'],
  ] as const;
  for (const [path, title] of doors) {
    await page.goto(path);
    await heading(page, title);
    await expectAccessible(page, title);
  }
  await page.goto(invitation);
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await expect(page.getByLabel('Your name')).toHaveAccessibleDescription(/name/i);
  await expectAccessible(page, 'an invitation with errors beside its fields');
  await context.close();
}

const closedToLeads = [
  '/connections',
  '/connections/1',
  '/connections/new',
  '/members',
  '/audit',
  '/keys/bulk',
  '/settings/requests',
  '/settings/webhooks',
  '/settings/webhooks/deliveries',
];

/** Pages that a lead may not open. */
export async function scanClosedPages(page: Page): Promise<void> {
  for (const path of closedToLeads) {
    await page.goto(path);
    await expect(page.getByRole('region', { name: 'Not open to your role' })).toBeVisible();
    await expectAccessible(page, `${path} for a lead`);
  }
}

const missing = [
  ['/keys/999999', 'No such key'],
  ['/connections/999999', 'No such connection'],
  ['/teams/999999', 'No such team'],
  ['/keys/bulk/00000000-0000-4000-8000-000000000000', 'No such bulk change'],
  ['/nothing/here', 'Nothing is here'],
] as const;

/** Pages of what is not there. */
export async function scanMissingPages(page: Page): Promise<void> {
  for (const [path, title] of missing) {
    await page.goto(path);
    await heading(page, title);
    await expectAccessible(page, path);
  }
}

/** A bulk change that has run, on its page and in the list. */
export async function scanBulkRun(page: Page): Promise<void> {
  await page.goto('/keys?q=docs-translate');
  await page.getByRole('checkbox', { name: 'Select docs-translate' }).check();
  await page.getByRole('button', { name: 'Set limit…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Set a limit/ });
  await dialog.getByLabel('Amount, USD').fill('4000');
  await dialog.getByRole('radio', { name: 'Monthly' }).check();
  await dialog.getByRole('button', { name: 'Set limit on 1 key' }).click();
  await expect(page).toHaveURL(/\/keys\/bulk\/[0-9a-f-]{36}$/);
  await expect(page.getByText('Finished', { exact: true })).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page, 'a bulk change');
  await page.goto('/keys/bulk');
  await expect(page.getByRole('link', { name: /limit/i }).first()).toBeVisible();
  await expectAccessible(page, 'the list of bulk changes');
}

const ofNothing = [
  ['/', 'Overview'],
  ['/keys', 'Keys'],
  ['/spend', 'Spend'],
  ['/teams', 'Teams'],
  ['/changes', 'Changes'],
  ['/keys/bulk', 'Bulk changes'],
  ['/audit', 'Audit'],
  ['/connections', 'Connections'],
  ['/connections/new', /connection/i],
  ['/members', 'Members'],
] as const;

/** Every page of a console that nothing is connected to. */
export async function scanEmptyPages(page: Page): Promise<void> {
  for (const [path, title] of ofNothing) {
    await page.goto(path);
    await heading(page, title);
    await expect(page.getByText(/loading/i)).toHaveCount(0);
    await expectAccessible(page, `${path} of an empty console`);
  }
}

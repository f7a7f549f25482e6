import type { Browser, Page } from '@playwright/test';
import { expect } from './fixtures';

export type Person = { readonly email: string; readonly name: string; readonly password: string };

export function person(word: string): Person {
  return {
    email: `${word}@example.com`,
    name: `${word.charAt(0).toUpperCase()}${word.slice(1)} Moreau`,
    password: `quiet-${word}-harbour-42`,
  };
}

/** Makes an invitation as an admin, and answers its one-time link. */
export async function inviteMember(
  page: Page,
  email: string,
  role: string,
  teams: readonly string[] = [],
): Promise<string> {
  await page.goto('/members');
  await page.getByRole('button', { name: 'Invite member' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Email address').fill(email);
  await dialog.getByRole('radio', { name: role }).check();
  for (const team of teams) await dialog.getByRole('checkbox', { name: team, exact: true }).check();
  await dialog.getByRole('button', { name: 'Make invitation link' }).click();
  const link = dialog.getByLabel('Invitation link');
  await expect(link).toBeVisible();
  const url = await link.inputValue();
  await dialog.getByRole('button', { name: 'Done' }).click();
  return url;
}

/** Accepts an invitation in a browser of its own; the page is then signed in. */
export async function acceptInvitation(
  browser: Browser,
  url: string,
  { name, password }: Person,
): Promise<Page> {
  const context = await browser.newContext({ baseURL: new URL(url).origin });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Accept the invitation' }).click();
  await page.waitForURL((address) => !address.pathname.startsWith('/invite'));
  return page;
}

/** Makes a new-password link for a member as an admin, and answers it. */
export async function createPasswordLink(page: Page, name: string): Promise<string> {
  await page.goto('/members');
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'New-password link' }).click();
  await page.getByRole('button', { name: 'Make new-password link' }).click();
  const link = page.getByRole('dialog').getByLabel('New-password link');
  await expect(link).toBeVisible();
  const url = await link.inputValue();
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  return url;
}

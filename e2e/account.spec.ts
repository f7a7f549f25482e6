import { expect, signInByForm, test } from './fixtures';
import { acceptInvitation, createPasswordLink, inviteMember, person } from './people';

test('a new password ends the other sessions, and the old one no longer works', async ({
  page,
  browser,
  signIn,
}) => {
  const noor = person('noor');
  await signIn(page, 'admin');
  const here = await acceptInvitation(browser, await inviteMember(page, noor.email, 'Finance'), noor);
  const elsewhere = await (await browser.newContext({ baseURL: new URL(page.url()).origin })).newPage();
  await signInByForm(elsewhere, noor);

  await here.goto('/account');
  await expect(here.getByRole('button', { name: 'End all other sessions' })).toBeVisible();
  await here.getByLabel('Current password').fill('not the right one');
  await here.getByLabel('New password').fill('a-longer-better-phrase-7');
  await here.getByRole('button', { name: 'Change password' }).click();
  await expect(here.getByLabel('Current password')).toHaveAccessibleDescription(/not/i);
  await here.getByLabel('Current password').fill(noor.password);
  await here.getByRole('button', { name: 'Change password' }).click();
  await expect(here.getByText('Your password is changed. 1 other session ended.')).toBeVisible();

  await elsewhere.goto('/account');
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await elsewhere.getByLabel('Email address').fill(noor.email);
  await elsewhere.getByLabel('Password', { exact: true }).fill(noor.password);
  await elsewhere.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(elsewhere.getByLabel('Password', { exact: true })).toHaveAccessibleDescription(/not right/);
  await signInByForm(elsewhere, { email: noor.email, password: 'a-longer-better-phrase-7' });

  await here.reload();
  await here.getByRole('button', { name: 'End all other sessions' }).click();
  await expect(here.getByText('You are signed in nowhere else.')).toBeVisible();
  await elsewhere.goto('/account');
  await expect(elsewhere).toHaveURL(/\/sign-in/);
  await elsewhere.context().close();
  await here.context().close();
});

test('a name and an appearance that one chooses stay', async ({ page, browser, signIn }) => {
  const tariq = person('tariq');
  await signIn(page, 'admin');
  const here = await acceptInvitation(browser, await inviteMember(page, tariq.email, 'Team lead'), tariq);
  await here.goto('/account');
  await here.getByLabel('Name', { exact: true }).fill('Tariq Haddad');
  await here.getByRole('button', { name: 'Save name' }).click();
  await expect(here.getByText('Your name is changed.')).toBeVisible();
  await here.getByRole('radio', { name: 'Dark' }).check();
  await expect
    .poll(() => here.evaluate(() => document.documentElement.classList.contains('dark')))
    .toBe(true);
  await here.reload();
  await expect(here.getByLabel('Name', { exact: true })).toHaveValue('Tariq Haddad');
  await expect(here.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await here.context().close();
});

test('a forgotten password: an admin makes a link, and the member chooses a new one with it', async ({
  page,
  browser,
  signIn,
}) => {
  const maja = person('maja');
  await signIn(page, 'admin');
  const here = await acceptInvitation(browser, await inviteMember(page, maja.email, 'Finance'), maja);
  const url = await createPasswordLink(page, maja.name);
  await here.reload();
  await expect(here.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();

  const elsewhere = await (await browser.newContext({ baseURL: new URL(page.url()).origin })).newPage();
  await elsewhere.goto('/sign-in');
  await expect(elsewhere.getByText('Ask an admin for a new-password link')).toBeVisible();
  await elsewhere.goto(url);
  await expect(elsewhere.getByLabel('Email address')).toHaveValue(maja.email);
  await elsewhere.getByLabel('New password').fill('short');
  await elsewhere.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(elsewhere.getByLabel('New password')).toHaveAccessibleDescription(/at least 12/i);
  await elsewhere.getByLabel('New password').fill('a-remembered-phrase-9');
  await elsewhere.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();

  await here.goto('/account');
  await expect(here).toHaveURL(/\/sign-in/);
  await here.goto(url);
  await expect(here.getByRole('heading', { name: 'This link is not valid' })).toBeVisible();
  await signInByForm(here, { email: maja.email, password: 'a-remembered-phrase-9' });
  await page.goto('/audit');
  await expect(page.getByText('Choose new password by link').first()).toBeVisible();
  await elsewhere.context().close();
  await here.context().close();
});

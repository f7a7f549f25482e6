import { expect, signInByForm, test } from './fixtures';
import { acceptInvitation, inviteMember, person } from './people';

test('a member joins by a one-time link, changes role at once, and is signed out by an admin', async ({
  page,
  browser,
  signIn,
}) => {
  const ines = person('ines');
  await signIn(page, 'admin');
  const url = await inviteMember(page, ines.email, 'Team lead');
  await expect(page.getByRole('region', { name: 'Open invitations' })).toContainText(ines.email);

  const theirs = await acceptInvitation(browser, url, ines);
  await expect(theirs.getByRole('navigation').getByRole('link', { name: 'Members' })).toHaveCount(0);
  await theirs.goto('/members');
  await expect(theirs.getByText('Admins and finance see who is a member here.')).toBeVisible();

  await page.reload();
  const row = page.getByRole('row').filter({ hasText: ines.email });
  await expect(row).toContainText('Team lead');
  await page.getByRole('button', { name: `Actions for ${ines.name}` }).click();
  await page.getByRole('menuitem', { name: 'Change role' }).click();
  const roles = page.getByRole('dialog', { name: `Role of ${ines.name}` });
  await roles.getByRole('radio', { name: 'Finance' }).check();
  await roles.getByRole('button', { name: 'Make finance' }).click();
  await expect(row).toContainText('Finance');
  await theirs.reload();
  await expect(theirs.getByRole('table', { name: 'Members' })).toBeVisible();
  await expect(theirs.getByRole('button', { name: 'Invite member' })).toHaveCount(0);

  await page.getByRole('button', { name: `Actions for ${ines.name}` }).click();
  await page.getByRole('menuitem', { name: 'Sessions' }).click();
  const sessions = page.getByRole('dialog', { name: `Sessions of ${ines.name}` });
  await sessions.getByRole('button', { name: 'End 1 session' }).click();
  await expect(sessions).toBeHidden();
  await theirs.goto('/members');
  await expect(theirs).toHaveURL(/\/sign-in/);
  await theirs.context().close();
});

test('an invited team lead sees the teams that the invitation names, at once', async ({
  page,
  browser,
  signIn,
}) => {
  const piet = person('piet');
  await signIn(page, 'admin');
  const url = await inviteMember(page, piet.email, 'Team lead', ['Payments', 'Legal']);
  const invitations = page.getByRole('region', { name: 'Open invitations' });
  await expect(invitations).toContainText('Team lead of Legal, Payments');
  const theirs = await acceptInvitation(browser, url, piet);
  await theirs.goto('/teams');
  const teams = theirs.getByRole('table', { name: 'Teams' });
  await expect(teams.getByRole('link', { name: 'Payments', exact: true })).toBeVisible();
  await expect(teams.getByRole('link', { name: 'Legal', exact: true })).toBeVisible();
  await expect(teams.getByRole('link', { name: 'Discovery', exact: true })).toHaveCount(0);
  await theirs.context().close();
});

test('an invitation works once, and a withdrawn one never', async ({ page, browser, signIn }) => {
  const omar = person('omar');
  await signIn(page, 'admin');
  const used = await inviteMember(page, omar.email, 'Finance');
  const theirs = await acceptInvitation(browser, used, omar);
  await theirs.goto(used);
  await expect(theirs.getByRole('heading', { name: 'This invitation is not valid' })).toBeVisible();

  const withdrawn = await inviteMember(page, 'withdrawn@example.com', 'Finance');
  await page.getByRole('button', { name: 'Withdraw the invitation for withdrawn@example.com' }).click();
  await expect(page.getByText('withdrawn@example.com', { exact: true })).toHaveCount(0);
  await theirs.goto(withdrawn);
  await expect(theirs.getByRole('heading', { name: 'This invitation is not valid' })).toBeVisible();
  await theirs.context().close();
});

test('a disabled member is signed out and cannot sign in until enabled again', async ({
  page,
  browser,
  signIn,
}) => {
  const lena = person('lena');
  await signIn(page, 'admin');
  const theirs = await acceptInvitation(browser, await inviteMember(page, lena.email, 'Finance'), lena);
  await page.reload();
  await page.getByRole('button', { name: `Actions for ${lena.name}` }).click();
  await page.getByRole('menuitem', { name: 'Disable' }).click();
  await page
    .getByRole('alertdialog', { name: `Disable ${lena.name}` })
    .getByRole('button', { name: `Disable ${lena.name}` })
    .click();
  const row = page.getByRole('row').filter({ hasText: lena.email });
  await expect(row).toContainText('Disabled');
  await theirs.goto('/');
  await expect(theirs).toHaveURL(/\/sign-in/);

  await page.getByRole('button', { name: `Actions for ${lena.name}` }).click();
  await page.getByRole('menuitem', { name: 'Enable' }).click();
  await expect(row).toContainText('Active');
  await signInByForm(theirs, lena);
  await expect(theirs.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await theirs.context().close();
});

import type { Metadata } from 'next';
import { SetupForm } from '@/components/account/setup-form';
import { ButtonLink } from '@/components/ui/button-link';
import { isSetupLinkOpen, isSetupOpen } from '@/lib/server/people/find-open-link';
import { createServerContext } from '@/lib/server/runtime';

export const metadata: Metadata = { title: 'Set up' };

type SearchParams = Promise<Record<string, string | string[] | undefined>>;

export default async function SetupPage({ searchParams }: { searchParams: SearchParams }) {
  const { token } = await searchParams;
  const context = createServerContext({ kind: 'system', name: 'Set-up link' });
  if (typeof token === 'string' && (await isSetupLinkOpen(context, token))) {
    return (
      <>
        <header>
          <h1 className="font-semibold text-lg">Set up Keyward</h1>
          <p className="mt-1 text-muted text-sm">
            Create the first admin. Connecting your first provider comes next.
          </p>
        </header>
        <SetupForm token={token} />
      </>
    );
  }
  const isNew = await isSetupOpen(context);
  return (
    <>
      <h1 className="font-semibold text-lg">{isNew ? 'This link is not valid' : 'Keyward is set up'}</h1>
      <p className="text-muted text-sm">
        {isNew
          ? 'A set-up link works once and for 24 hours. Start Keyward again: the terminal shows a new one.'
          : 'There is an admin already, so set-up links no longer work. Ask an admin for an invitation.'}
      </p>
      <ButtonLink href="/sign-in">Go to sign-in</ButtonLink>
    </>
  );
}

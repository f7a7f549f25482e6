import type { Metadata } from 'next';
import { NewPasswordForm } from '@/components/account/new-password-form';
import { ButtonLink } from '@/components/ui/button-link';
import { findPasswordLink } from '@/lib/server/people/find-open-link';
import { createServerContext } from '@/lib/server/runtime';

export const metadata: Metadata = { title: 'New password' };

export default async function NewPasswordPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const context = createServerContext({ kind: 'system', name: 'New password' });
  const person = await findPasswordLink(context, token);
  if (!person) {
    return (
      <>
        <h1 className="font-semibold text-lg">This link is not valid</h1>
        <p className="text-muted text-sm">
          It was used, replaced by a newer one or is older than 24 hours. Ask an admin for a new-password
          link.
        </p>
        <ButtonLink href="/sign-in">Go to sign-in</ButtonLink>
      </>
    );
  }
  return (
    <>
      <header>
        <h1 className="font-semibold text-lg">Choose a new password</h1>
        <p className="mt-1 text-muted text-sm">
          For <strong className="font-semibold text-ink">{person.name}</strong>. It signs you out everywhere
          else.
        </p>
      </header>
      <NewPasswordForm token={token} email={person.email} />
    </>
  );
}

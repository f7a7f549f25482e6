import type { Metadata } from 'next';
import { InvitationForm } from '@/components/account/invitation-form';
import { ButtonLink } from '@/components/ui/button-link';
import { roleWords } from '@/lib/domain/people/role';
import { findInvitation } from '@/lib/server/people/find-open-link';
import { createServerContext } from '@/lib/server/runtime';

export const metadata: Metadata = { title: 'Invitation' };

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const context = createServerContext({ kind: 'system', name: 'Invitation' });
  const invitation = await findInvitation(context, token);
  if (!invitation) {
    return (
      <>
        <h1 className="font-semibold text-lg">This invitation is not valid</h1>
        <p className="text-muted text-sm">
          It was used, withdrawn or is older than 7 days. Ask an admin for a new one.
        </p>
        <ButtonLink href="/sign-in">Go to sign-in</ButtonLink>
      </>
    );
  }
  const role = roleWords[invitation.role];
  return (
    <>
      <header>
        <h1 className="font-semibold text-lg">Join Keyward</h1>
        <p className="mt-1 text-muted text-sm">
          Your role is <strong className="font-semibold text-ink">{role.name}</strong>: {role.explains}
        </p>
      </header>
      <InvitationForm token={token} email={invitation.email} />
    </>
  );
}

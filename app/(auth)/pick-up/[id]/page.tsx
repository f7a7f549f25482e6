import type { Metadata } from 'next';
import { SignInForm } from '@/components/account/sign-in-form';
import { PickUp } from '@/components/hand-over/pick-up';
import { PickUpMessage } from '@/components/hand-over/pick-up-message';
import { SignInElsewhere } from '@/components/hand-over/sign-in-elsewhere';
import { getActor } from '@/lib/auth/get-actor';
import { singleSignOnName } from '@/lib/auth/sign-in-settings';
import { unknownLinkWords } from '@/lib/domain/hand-over/hand-over-state';
import { findPickUp } from '@/lib/server/hand-over/find-pick-up';
import { createServerContext } from '@/lib/server/runtime';

export const metadata: Metadata = { title: 'Pick a secret up' };

/** Says what waits here, and changes nothing: a secret is given out by a click alone, which posts an action. */
export default async function PickUpPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const context = createServerContext({ kind: 'system', name: 'Hand-over' });
  const view = await findPickUp(context, { handOverId: id, viewer: await getActor() });
  if (!view) return <PickUpMessage title={unknownLinkWords.title}>{unknownLinkWords.text}</PickUpMessage>;
  const singleSignOn = singleSignOnName();
  return (
    <PickUp
      handOverId={id}
      view={view}
      signIn={
        view.access === 'sign_in' ? (
          <>
            <SignInForm next={`/pick-up/${id}`} notice={null} singleSignOn={null} />
            {singleSignOn ? <SignInElsewhere words={singleSignOn} /> : null}
          </>
        ) : null
      }
    />
  );
}

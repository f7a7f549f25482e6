import type { Metadata } from 'next';
import { PickUpMessage } from '@/components/hand-over/pick-up-message';

export const metadata: Metadata = { title: 'Signed in' };

/** Where a sign-in in a tab of its own ends: the secret waits in the tab that it was opened from. */
export default function SignedInPage() {
  return (
    <PickUpMessage title="You are signed in">
      Close this tab and go back to the one with the secret. It goes on there.
    </PickUpMessage>
  );
}

import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { SignInForm } from '@/components/account/sign-in-form';
import { Notice } from '@/components/ui/notice';
import { getActor } from '@/lib/auth/get-actor';
import { singleSignOnName } from '@/lib/auth/sign-in-settings';
import { describeRefusal, parseRefusalCode, safeNextPath } from '@/lib/domain/people/sign-in';
import { isSetupOpen } from '@/lib/server/people/find-open-link';
import { createServerContext } from '@/lib/server/runtime';

export const metadata: Metadata = { title: 'Sign in' };

type SearchParams = Promise<Record<string, string | string[] | undefined>>;

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const params = await searchParams;
  const next = safeNextPath(params.next);
  if (await getActor()) redirect(next);
  const isNew = await isSetupOpen(createServerContext({ kind: 'system', name: 'Sign-in' }));
  const notice = typeof params.error === 'string' ? describeRefusal(parseRefusalCode(params.error)) : null;
  return (
    <>
      <h1 className="font-semibold text-lg">Sign in</h1>
      {isNew ? (
        <Notice tone="warn" title="Nobody has set Keyward up yet.">
          Open the set-up link that stands in the terminal where it was started.
        </Notice>
      ) : null}
      <SignInForm next={next} notice={notice} singleSignOn={singleSignOnName()} />
      {isNew ? null : (
        <p className="text-muted text-xs">Forgot your password? Ask an admin for a new-password link.</p>
      )}
    </>
  );
}

'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { buttonVariants } from '@/components/ui/button-variants';

export interface SignInElsewhereProps {
  /** The words of the organisation's sign-in service. */
  words: string;
}

/**
 * Single sign-on leaves the site, and a fragment must not travel along: it opens in a tab of its own, while this
 * page keeps its address. Back here, the server is asked again who is signed in.
 */
export function SignInElsewhere({ words }: SignInElsewhereProps) {
  const router = useRouter();
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') router.refresh();
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [router]);
  return (
    <a
      href={`/sign-in?next=${encodeURIComponent('/pick-up/signed-in')}`}
      target="_blank"
      rel="noopener"
      className={buttonVariants()}
    >
      Continue with {words} in a new tab
    </a>
  );
}

'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { useSignIn, useSingleSignOn } from '@/lib/client/people';
import { describeRefusal, type SignInInput, signInSchema } from '@/lib/domain/people/sign-in';
import { useHydrated } from './use-hydrated';

const UNREACHABLE = 'Keyward could not be reached. Check the connection and try again.';

export interface SignInFormProps {
  next: string;
  /** Why an earlier way in failed, in words. */
  notice: string | null;
  /** The words on the single sign-on button; null when there is none. */
  singleSignOn: string | null;
}

export function SignInForm({ next, notice, singleSignOn }: SignInFormProps) {
  const isHydrated = useHydrated();
  const [message, setMessage] = useState(notice);
  const signIn = useSignIn(next);
  // No default values: they would replace what was typed or filled in before React took over.
  const form = useForm<SignInInput>({ resolver: zodResolver(signInSchema) });
  const { errors } = form.formState;

  async function submit(values: SignInInput) {
    setMessage(null);
    try {
      const refusal = await signIn.mutateAsync(values);
      if (refusal === null) return;
      const words = describeRefusal(refusal);
      if (refusal.refusal === 'wrong') form.setError('password', { message: words }, { shouldFocus: true });
      else setMessage(words);
    } catch {
      setMessage(UNREACHABLE);
    }
  }

  // After a sign-in that worked the button keeps its place until the next page is there.
  const isLeaving = signIn.isSuccess && signIn.data === null;
  return (
    <div className="flex flex-col gap-4">
      {message ? (
        <Notice tone="bad" live="assertive">
          {message}
        </Notice>
      ) : null}
      <form
        method="post"
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => void form.handleSubmit(submit)(event)}
      >
        <Field label="Email address" error={errors.email?.message}>
          <Input type="email" autoComplete="username" autoFocus {...form.register('email')} />
        </Field>
        <Field label="Password" error={errors.password?.message}>
          <Input type="password" autoComplete="current-password" {...form.register('password')} />
        </Field>
        <Button
          type="submit"
          variant="primary"
          disabled={!isHydrated}
          pending={signIn.isPending || isLeaving}
          pendingText="Signing in …"
        >
          Sign in
        </Button>
      </form>
      {singleSignOn ? <SingleSignOn next={next} words={singleSignOn} onFailed={setMessage} /> : null}
    </div>
  );
}

interface SingleSignOnProps {
  next: string;
  words: string;
  onFailed: (message: string) => void;
}

function SingleSignOn({ next, words, onFailed }: SingleSignOnProps) {
  const isHydrated = useHydrated();
  const start = useSingleSignOn(next);
  return (
    <>
      <div className="flex items-center gap-3 text-muted text-xs before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
        or
      </div>
      <Button
        disabled={!isHydrated}
        pending={start.isPending || start.isSuccess}
        pendingText="Going on …"
        onClick={() => start.mutate(undefined, { onError: () => onFailed(UNREACHABLE) })}
      >
        Continue with {words}
      </Button>
    </>
  );
}

'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { useHydrated } from '@/components/ui/use-hydrated';
import { useSignIn, useSingleSignOn } from '@/lib/client/sign-in';
import { describeRefusal } from '@/lib/domain/people/sign-in';
import type { SignInInput } from '@/lib/domain/people/sign-in-input';

const UNREACHABLE = 'Keyward could not be reached. Check the connection and try again.';

export interface SignInFormProps {
  next: string;
  /** Why an earlier way in failed, in words. */
  notice: string | null;
  /** The words on the single sign-on button; null when there is none. */
  singleSignOn: string | null;
}

type Faults = Partial<Record<keyof SignInInput, string>>;

/** By hand: a form library and schemas would be a third of what this page loads. The server checks by schema. */
function faultsOf({ email, password }: SignInInput): Faults {
  return {
    ...(/^\S+@\S+\.\S+$/.test(email) ? {} : { email: 'Enter a whole email address, like name@example.com.' }),
    ...(password === '' ? { password: 'Enter your password.' } : {}),
  };
}

function focusFirst(form: HTMLFormElement, faults: Faults): void {
  const name = faults.email ? 'email' : 'password';
  form.querySelector<HTMLInputElement>(`input[name=${name}]`)?.focus();
}

export function SignInForm({ next, notice, singleSignOn }: SignInFormProps) {
  const isHydrated = useHydrated();
  const [message, setMessage] = useState(notice);
  const [faults, setFaults] = useState<Faults>({});
  const signIn = useSignIn(next);

  function refuse(form: HTMLFormElement, found: Faults) {
    setFaults(found);
    focusFirst(form, found);
  }

  async function submit(form: HTMLFormElement) {
    const fields = new FormData(form);
    const input = { email: String(fields.get('email')).trim(), password: String(fields.get('password')) };
    const found = faultsOf(input);
    setMessage(null);
    if (found.email || found.password) return refuse(form, found);
    setFaults({});
    try {
      const refusal = await signIn.mutateAsync(input);
      if (refusal === null) return;
      const words = describeRefusal(refusal);
      if (refusal.refusal === 'wrong') refuse(form, { password: words });
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
        onSubmit={(event) => {
          event.preventDefault();
          void submit(event.currentTarget);
        }}
      >
        <Field label="Email address" error={faults.email}>
          <Input type="email" name="email" autoComplete="username" autoFocus />
        </Field>
        <Field label="Password" error={faults.password}>
          <Input type="password" name="password" autoComplete="current-password" />
        </Field>
        <Button
          type="submit"
          variant="primary"
          disabled={!isHydrated}
          pending={signIn.isPending || isLeaving}
          pendingText="Signing in…"
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
        pendingText="Going on…"
        onClick={() => start.mutate(undefined, { onError: () => onFailed(UNREACHABLE) })}
      >
        Continue with {words}
      </Button>
    </>
  );
}

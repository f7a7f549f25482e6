'use client';

import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { toEnvFile } from '@/lib/utils/env-file';
import { Button } from './button';
import { CheckboxField } from './checkbox';
import { CopyButton } from './copy-button';
import { Notice } from './notice';

export interface SecretGuard {
  /** Copied, downloaded or confirmed as stored. */
  isSafe: boolean;
  isWarned: boolean;
  isSaved: boolean;
  take: () => void;
  setSaved: (isSaved: boolean) => void;
  /** Goes on when the secret is safe, and warns otherwise. */
  close: () => void;
}

/** Keeps a text that is shown once from being lost by closing its dialog or its tab. */
export function useSecretGuard(onDone: () => void): SecretGuard {
  const [isTaken, setTaken] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const [isWarned, setWarned] = useState(false);
  const isSafe = isTaken || isSaved;

  useEffect(() => {
    if (isSafe) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isSafe]);

  return {
    isSafe,
    isWarned,
    isSaved,
    setSaved,
    take: () => setTaken(true),
    close: () => (isSafe ? onDone() : setWarned(true)),
  };
}

function download(name: string, secret: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([toEnvFile(name, secret)], { type: 'text/plain' }));
  link.download = `${name.replace(/[^\w.-]+/g, '-')}.env`;
  link.click();
  // The browser has taken its copy once the click returns to the event loop.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}

export interface OneTimeSecretProps {
  name: string;
  secret: string;
  guard: SecretGuard;
}

/** A secret with all ways to take it along. */
export function OneTimeSecret({ name, secret, guard }: OneTimeSecretProps) {
  const field = useRef<HTMLElement>(null);
  return (
    <>
      <code
        ref={field}
        data-testid="new-secret"
        className="block break-all rounded-control border border-line bg-sunk px-3 py-2.5 font-mono text-sm"
      >
        {secret}
      </code>
      <div className="flex flex-wrap items-center gap-2">
        <CopyButton
          value={secret}
          label="Copy secret"
          variant="primary"
          targetRef={field}
          onCopied={guard.take}
        />
        <Button
          onClick={() => {
            download(name, secret);
            guard.take();
          }}
        >
          <Download aria-hidden="true" className="size-3.5" />
          Download as .env
        </Button>
      </div>
      <CheckboxField
        label="I have stored the secret"
        checked={guard.isSaved}
        onChange={(event) => guard.setSaved(event.target.checked)}
      />
    </>
  );
}

export interface SecretLossNoticeProps {
  guard: SecretGuard;
  onLose: () => void;
}

/** What is lost by going on, once someone tried to. */
export function SecretLossNotice({ guard, onLose }: SecretLossNoticeProps) {
  if (!guard.isWarned || guard.isSafe) return null;
  return (
    <Notice
      tone="bad"
      live="assertive"
      title="The secret was not copied, downloaded or confirmed as stored."
      actions={
        <Button size="sm" variant="danger" onClick={onLose}>
          Close and lose the secret
        </Button>
      }
    >
      Without it the key is of no use to anyone.
    </Notice>
  );
}

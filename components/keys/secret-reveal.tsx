'use client';

import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CheckboxField } from '@/components/ui/checkbox';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';
import { toEnvFile } from './env-file';

export type NewSecret = {
  readonly name: string;
  readonly secret: string;
  readonly connectionName: string;
  readonly shortfalls: readonly string[];
};

interface SecretRevealProps {
  secret: NewSecret;
  onDone: () => void;
}

function download(secret: NewSecret) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([toEnvFile(secret.name, secret.secret)], { type: 'text/plain' }));
  link.download = `${secret.name.replace(/[^\w.-]+/g, '-')}.env`;
  link.click();
  // The browser has taken its copy once the click returns to the event loop.
  setTimeout(() => URL.revokeObjectURL(link.href), 0);
}

/** The secret, once: it lives in this component's memory, and closing asks whether it was taken. */
export function SecretReveal({ secret, onDone }: SecretRevealProps) {
  const [isTaken, setIsTaken] = useState(false);
  const [isSaved, setIsSaved] = useState(false);
  const [isWarned, setIsWarned] = useState(false);
  const field = useRef<HTMLElement>(null);
  const isSafe = isTaken || isSaved;

  useEffect(() => {
    if (isSafe) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isSafe]);

  function close() {
    if (isSafe) onDone();
    else setIsWarned(true);
  }

  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen ? undefined : close())}>
      <DialogContent onInteractOutside={(event) => event.preventDefault()}>
        <DialogHeader
          title={`“${secret.name}” was created`}
          description={`This is its secret. It is shown only now: neither Keyward nor ${secret.connectionName} can show it again.`}
        />
        <DialogBody>
          <code
            ref={field}
            data-testid="new-secret"
            className="block break-all rounded-control border border-line bg-sunk px-3 py-2.5 font-mono text-sm"
          >
            {secret.secret}
          </code>
          <div className="flex flex-wrap items-center gap-2">
            <CopyButton
              value={secret.secret}
              label="Copy secret"
              variant="primary"
              targetRef={field}
              onCopied={() => setIsTaken(true)}
            />
            <Button
              onClick={() => {
                download(secret);
                setIsTaken(true);
              }}
            >
              <Download aria-hidden="true" className="size-3.5" />
              Download as .env
            </Button>
          </div>
          <CheckboxField
            label="I have stored the secret"
            checked={isSaved}
            onChange={(event) => setIsSaved(event.target.checked)}
          />
          {secret.shortfalls.length > 0 ? (
            <Notice tone="warn" title="The key exists, but not everything took effect.">
              {secret.shortfalls.join(' ')}
            </Notice>
          ) : null}
          {isWarned && !isSafe ? (
            <Notice
              tone="bad"
              live="assertive"
              title="The secret was not copied, downloaded or confirmed as stored."
              actions={
                <Button size="sm" variant="danger" onClick={onDone}>
                  Close and lose the secret
                </Button>
              }
            >
              Without it the key is of no use to anyone.
            </Notice>
          ) : null}
        </DialogBody>
        <DialogFooter>
          <Button variant={isSafe ? 'primary' : 'secondary'} onClick={close}>
            Done
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

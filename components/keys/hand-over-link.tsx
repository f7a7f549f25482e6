'use client';

import { useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import type { HandedOverKey } from '@/lib/domain/hand-over/hand-over-view';
import { formatDateTime } from '@/lib/utils/format-date';
import { Shortfalls } from './secret-reveal';

export type NewLink = HandedOverKey & {
  /** The one person who may open it; null for whoever has the link. */
  readonly recipientName: string | null;
  readonly isSignInNeeded: boolean;
  /** Whether the provider of the key can disable it, which is what happens when nobody comes. */
  readonly canDisable: boolean;
};

interface HandOverLinkProps {
  link: NewLink;
  onDone: () => void;
}

function audienceOf({ recipientName, isSignInNeeded }: NewLink): string {
  if (recipientName) return `Only ${recipientName} can open it, after signing in.`;
  return isSignInNeeded
    ? 'Whoever signs in and has this link can open it.'
    : 'Whoever has this link can open it.';
}

/** The link to pass on, once. The secret behind it was never in this browser. */
export function HandOverLink({ link, onDone }: HandOverLinkProps) {
  const field = useRef<HTMLInputElement>(null);
  const [isCopied, setCopied] = useState(false);
  const [isWarned, setWarned] = useState(false);
  const until = formatDateTime(link.expiresAt);
  const close = () => (isCopied || isWarned ? onDone() : setWarned(true));
  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen ? undefined : close())}>
      <DialogContent onInteractOutside={(event) => event.preventDefault()}>
        <DialogHeader
          title={`“${link.name}” was created`}
          description={`Its secret is sealed. Pass this link on: it opens once, until ${until}, and is shown only now.`}
        />
        <DialogBody>
          <Field label="Link to pick the secret up">
            <Input ref={field} readOnly value={link.url} className="font-mono text-xs" />
          </Field>
          <Notice tone="info">
            {audienceOf(link)} If nobody does in time, the key is{' '}
            {link.canDisable ? 'disabled' : 'capped at the lowest amount'} and you are told.
          </Notice>
          <Shortfalls shortfalls={link.shortfalls} />
          {isWarned && !isCopied ? (
            <Notice tone="bad" live="assertive" title="The link was not copied.">
              Without it nobody can pick the secret up. Closing now leaves the key until it is stopped.
            </Notice>
          ) : null}
        </DialogBody>
        <DialogFooter>
          <CopyButton
            value={link.url}
            label="Copy link"
            targetRef={field}
            variant={isCopied ? 'secondary' : 'primary'}
            onCopied={() => setCopied(true)}
          />
          <Button variant={isCopied ? 'primary' : isWarned ? 'danger' : 'secondary'} onClick={close}>
            {isWarned && !isCopied ? 'Close and lose the link' : 'Done'}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

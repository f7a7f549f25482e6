'use client';

import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog, DialogBody, DialogContent, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Notice } from '@/components/ui/notice';

interface SecretDialogProps {
  name: string;
  secret: string;
  onClose: () => void;
}

/** A webhook's signing secret, shown this once. */
export function SecretDialog({ name, secret, onClose }: SecretDialogProps) {
  const field = useRef<HTMLElement>(null);
  return (
    <Dialog open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <DialogContent>
        <DialogHeader
          title={`Signing secret of ${name}`}
          description="With it the receiver proves that a call comes from here. It is shown only now."
        />
        <DialogBody>
          <code
            ref={field}
            className="block break-all rounded-control border border-line bg-sunk px-3 py-2.5 font-mono text-sm"
          >
            {secret}
          </code>
          <Notice>If it is lost, make a new one: the old one then signs nothing any more.</Notice>
        </DialogBody>
        <DialogFooter>
          <CopyButton value={secret} label="Copy secret" targetRef={field} variant="primary" />
          <Button onClick={onClose}>Done</Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

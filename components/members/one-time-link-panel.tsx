'use client';

import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { DialogBody, DialogClose, DialogFooter, DialogHeader } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { formatDateTime } from '@/lib/utils/format-date';

export interface OneTimeLinkPanelProps {
  title: string;
  label: string;
  url: string;
  expiresAt: string;
  /** What whoever has the link can do with it. */
  warning: string;
}

/** A link that is shown only now, inside a dialog. */
export function OneTimeLinkPanel({ title, label, url, expiresAt, warning }: OneTimeLinkPanelProps) {
  const linkRef = useRef<HTMLInputElement>(null);
  return (
    <>
      <DialogHeader
        title={title}
        description={`Works once, until ${formatDateTime(expiresAt)}. It is shown only now.`}
      />
      <DialogBody>
        <Field label={label}>
          <Input ref={linkRef} readOnly value={url} className="font-mono text-xs" />
        </Field>
        <Notice tone="warn">{warning}</Notice>
      </DialogBody>
      <DialogFooter>
        <CopyButton value={url} label="Copy link" targetRef={linkRef} variant="primary" />
        <DialogClose asChild>
          <Button>Done</Button>
        </DialogClose>
      </DialogFooter>
    </>
  );
}

'use client';

import { Check, Copy } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { cn } from '@/lib/utils/cn';
import { Button, type ButtonProps } from './button';
import { copyText } from './copy-text';

export interface CopyButtonProps extends Omit<ButtonProps, 'onClick' | 'value' | 'pending' | 'pendingText'> {
  value: string;
  /** Words of the button; with `size="icon"` they are read out, not shown. */
  label?: string;
  /** Where the text stands on the page: selected when it could not be copied. Without it a field appears. */
  targetRef?: RefObject<HTMLElement | null>;
  onCopied?: () => void;
}

type CopyState = 'idle' | 'copied' | 'failed';

function selectContents(element: HTMLElement): void {
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
    element.focus();
    element.select();
    return;
  }
  window.getSelection()?.selectAllChildren(element);
}

/** Says "Copied" only when it is true; else selects the text and says how to go on. */
export function CopyButton({
  value,
  label = 'Copy',
  targetRef,
  onCopied,
  size,
  className,
  ...props
}: CopyButtonProps) {
  const [state, setState] = useState<CopyState>('idle');
  const hostRef = useRef<HTMLSpanElement>(null);
  const fallbackRef = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (state === 'failed') {
      const target = targetRef?.current ?? fallbackRef.current;
      if (target) selectContents(target);
      return;
    }
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 2_500);
    return () => clearTimeout(timer);
  }, [state, targetRef]);

  async function copy() {
    if (!hostRef.current) return;
    const isCopied = await copyText(value, hostRef.current);
    setState(isCopied ? 'copied' : 'failed');
    if (isCopied) onCopied?.();
  }

  const words = state === 'copied' ? 'Copied' : label;
  const Mark = state === 'copied' ? Check : Copy;
  return (
    <span ref={hostRef} className={cn('inline-flex flex-wrap items-center gap-2', className)}>
      <Button
        {...props}
        size={size}
        onClick={() => void copy()}
        aria-label={size === 'icon' ? words : undefined}
      >
        <Mark aria-hidden="true" className="size-3.5" />
        {size === 'icon' ? null : words}
      </Button>
      {state === 'failed' && !targetRef ? (
        <input
          ref={fallbackRef}
          readOnly
          value={value}
          aria-label="Text to copy"
          className="h-7 w-56 max-w-full rounded-control border border-edge bg-panel px-2 font-mono text-xs"
        />
      ) : null}
      <span role="status" className={state === 'failed' ? 'text-warn text-xs' : 'sr-only'}>
        {state === 'copied' ? 'Copied' : null}
        {state === 'failed' ? 'Not copied. The text is selected: press Ctrl+C or ⌘C.' : null}
      </span>
    </span>
  );
}

'use client';

import * as Primitive from 'radix-ui/dialog';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/lib/utils/cn';
import { DialogBody, DialogHeader, OverlayClose, overlayClasses } from './dialog';
import { useOpenerFocus } from './use-opener-focus';

export const Sheet = Primitive.Root;
export const SheetTrigger = Primitive.Trigger;
export const SheetHeader = DialogHeader;
export const SheetBody = DialogBody;

const sides = {
  right:
    'right-0 w-full border-l sm:max-w-[520px] data-[state=closed]:animate-sheet-out data-[state=open]:animate-sheet-in',
  left: 'left-0 w-[280px] max-w-[85vw] border-r data-[state=closed]:animate-drawer-out data-[state=open]:animate-drawer-in',
} as const;

export interface SheetContentProps extends ComponentProps<typeof Primitive.Content> {
  side?: keyof typeof sides;
  hideClose?: boolean;
}

/** Slides in beside the page; under 640 px the right one fills the screen. */
export function SheetContent({
  side = 'right',
  hideClose,
  className,
  children,
  ...props
}: SheetContentProps) {
  const focusHandlers = useOpenerFocus(props);
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayClasses} />
      <Primitive.Content
        {...props}
        {...focusHandlers}
        className={cn(
          'fixed inset-y-0 z-40 flex flex-col border-line bg-panel text-ink shadow-float outline-none',
          sides[side],
          className,
        )}
      >
        {children}
        {hideClose ? null : <OverlayClose />}
      </Primitive.Content>
    </Primitive.Portal>
  );
}

export interface SheetFooterProps extends ComponentProps<'footer'> {
  /** At the left: "Takes effect at once." */
  note?: ReactNode;
}

export function SheetFooter({ note, className, children, ...props }: SheetFooterProps) {
  return (
    <footer
      {...props}
      className={cn(
        'mx-6 flex flex-wrap items-center justify-end gap-2 max-sm:[&>button]:flex-1 border-line border-t py-4',
        className,
      )}
    >
      {note ? <div className="mr-auto text-muted max-sm:w-full text-xs">{note}</div> : null}
      {children}
    </footer>
  );
}

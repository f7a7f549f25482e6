'use client';

import { X } from 'lucide-react';
import * as Primitive from 'radix-ui/dialog';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/lib/utils/cn';
import { buttonVariants } from './button-variants';
import { useOpenerFocus } from './use-opener-focus';

export const Dialog = Primitive.Root;
export const DialogTrigger = Primitive.Trigger;
export const DialogClose = Primitive.Close;

export const overlayClasses =
  'fixed inset-0 z-40 bg-overlay data-[state=closed]:animate-fade-out data-[state=open]:animate-fade-in';

const sizes = { sm: 'max-w-[420px]', md: 'max-w-[500px]', lg: 'max-w-[680px]' } as const;

export interface DialogContentProps extends ComponentProps<typeof Primitive.Content> {
  size?: keyof typeof sizes;
  hideClose?: boolean;
}

/** Holds `DialogHeader`, `DialogBody`, `DialogFooter`; focus returns to what opened it. */
export function DialogContent({ size = 'md', hideClose, className, children, ...props }: DialogContentProps) {
  const focusHandlers = useOpenerFocus(props);
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayClasses} />
      <div className="pointer-events-none fixed inset-0 z-40 flex items-center justify-center p-3">
        <Primitive.Content
          {...props}
          {...focusHandlers}
          className={cn(
            'pointer-events-auto relative flex max-h-[calc(100dvh-24px)] w-full flex-col overflow-hidden rounded-panel border border-line bg-panel text-ink shadow-float outline-none data-[state=closed]:animate-fade-out data-[state=open]:animate-pop-in',
            sizes[size],
            className,
          )}
        >
          {children}
          {hideClose ? null : <OverlayClose />}
        </Primitive.Content>
      </div>
    </Primitive.Portal>
  );
}

/** The ✕ in the corner of a dialog or sheet. */
export function OverlayClose() {
  return (
    <Primitive.Close
      aria-label="Close"
      className={cn(buttonVariants({ variant: 'ghost', size: 'icon' }), 'absolute top-4 right-4')}
    >
      <X aria-hidden="true" className="size-4" />
    </Primitive.Close>
  );
}

export interface DialogHeaderProps {
  title: ReactNode;
  /** Read out with the title; without it the dialog has no description. */
  description?: ReactNode;
  className?: string;
}

export function DialogHeader({ title, description, className }: DialogHeaderProps) {
  return (
    <header className={cn('px-6 pt-5 pr-14 pb-1', className)}>
      <Primitive.Title className="font-semibold text-lg">{title}</Primitive.Title>
      {description ? (
        <Primitive.Description className="mt-1 text-muted text-sm">{description}</Primitive.Description>
      ) : null}
    </header>
  );
}

export function DialogBody({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      {...props}
      className={cn('flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-6 py-3', className)}
    />
  );
}

export interface DialogFooterProps extends ComponentProps<'footer'> {
  /** At the left: when it takes effect, or the way that hurts less. */
  note?: ReactNode;
}

export function DialogFooter({ note, className, children, ...props }: DialogFooterProps) {
  return (
    <footer
      {...props}
      className={cn(
        'flex flex-wrap items-center justify-end gap-2 max-sm:[&>button]:flex-1 px-6 pt-2 pb-5',
        className,
      )}
    >
      {note ? <div className="mr-auto text-muted max-sm:w-full text-xs">{note}</div> : null}
      {children}
    </footer>
  );
}

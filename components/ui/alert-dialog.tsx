'use client';

import * as Primitive from 'radix-ui/alert-dialog';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/lib/utils/cn';
import { buttonVariants } from './button-variants';
import { overlayClasses } from './dialog';
import { useOpenerFocus } from './use-opener-focus';

export const AlertDialog = Primitive.Root;

export interface AlertDialogContentProps extends Omit<ComponentProps<typeof Primitive.Content>, 'title'> {
  title: ReactNode;
  description: ReactNode;
}

/** A question that must be answered: a click beside it does not close it, and focus starts on Cancel. */
export function AlertDialogContent({
  title,
  description,
  className,
  children,
  ...props
}: AlertDialogContentProps) {
  const focusHandlers = useOpenerFocus(props);
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayClasses} />
      <div className="pointer-events-none fixed inset-0 z-40 flex items-center justify-center p-3">
        <Primitive.Content
          {...props}
          {...focusHandlers}
          className={cn(
            'pointer-events-auto flex max-h-[calc(100dvh-24px)] w-full max-w-[500px] flex-col gap-4 overflow-y-auto rounded-panel border border-line bg-panel p-6 text-ink shadow-float outline-none data-[state=closed]:animate-fade-out data-[state=open]:animate-pop-in',
            className,
          )}
        >
          <header>
            <Primitive.Title className="font-semibold text-lg">{title}</Primitive.Title>
            <Primitive.Description className="mt-2 text-muted text-sm">{description}</Primitive.Description>
          </header>
          {children}
        </Primitive.Content>
      </div>
    </Primitive.Portal>
  );
}

export interface AlertDialogFooterProps extends ComponentProps<'footer'> {
  /** At the left: the way that hurts less. */
  note?: ReactNode;
}

export function AlertDialogFooter({ note, className, children, ...props }: AlertDialogFooterProps) {
  return (
    <footer
      {...props}
      className={cn('flex flex-wrap items-center justify-end gap-2 max-sm:[&>button]:flex-1', className)}
    >
      {note ? <div className="mr-auto text-muted max-sm:w-full text-sm">{note}</div> : null}
      {children}
    </footer>
  );
}

export function AlertDialogCancel({
  className,
  children = 'Cancel',
  ...props
}: ComponentProps<typeof Primitive.Cancel>) {
  return (
    <Primitive.Cancel {...props} className={cn(buttonVariants({ variant: 'secondary' }), className)}>
      {children}
    </Primitive.Cancel>
  );
}

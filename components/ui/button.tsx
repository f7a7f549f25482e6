'use client';

import type { ComponentProps, MouseEvent } from 'react';
import { cn } from '@/lib/utils/cn';
import { type ButtonVariants, buttonVariants } from './button-variants';

export interface ButtonProps extends ComponentProps<'button'>, ButtonVariants {
  /** While true the button keeps its focus and its place, says what goes on, and takes no click. */
  pending?: boolean;
  pendingText?: string;
}

export function Button({
  variant,
  size,
  pending = false,
  pendingText,
  className,
  children,
  onClick,
  type = 'button',
  ...props
}: ButtonProps) {
  function guardedClick(event: MouseEvent<HTMLButtonElement>) {
    if (pending || event.currentTarget.getAttribute('aria-disabled') === 'true') {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    onClick?.(event);
  }

  return (
    <button
      {...props}
      type={type}
      onClick={guardedClick}
      aria-disabled={pending || props['aria-disabled'] || undefined}
      aria-busy={pending || undefined}
      data-pending={pending || undefined}
      className={cn(buttonVariants({ variant, size }), className)}
    >
      {pending && pendingText ? pendingText : children}
    </button>
  );
}

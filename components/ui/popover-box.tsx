'use client';

import * as Primitive from 'radix-ui/popover';
import { cn } from '@/lib/utils/cn';
import type { PopoverProps } from './popover-props';

/** Loaded by `Popover`. */
export function PopoverBox(props: PopoverProps) {
  const { label, button, open, onOpenChange, children, align = 'start', className, keepsFocus } = props;
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Trigger {...button} />
      <Primitive.Portal>
        <Primitive.Content
          aria-label={label}
          sideOffset={6}
          align={align}
          collisionPadding={8}
          onOpenAutoFocus={keepsFocus ? (event) => event.preventDefault() : undefined}
          className={cn(
            'z-50 max-h-(--radix-popover-content-available-height) w-64 overflow-y-auto rounded-panel border border-line bg-panel p-3 text-ink shadow-float outline-none data-[state=open]:animate-pop-in',
            className,
          )}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

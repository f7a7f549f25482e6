'use client';

import * as Primitive from 'radix-ui/popover';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils/cn';

export const Popover = Primitive.Root;
export const PopoverTrigger = Primitive.Trigger;

/** Give it `aria-label`: it is a small dialog. */
export function PopoverContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        sideOffset={6}
        align="start"
        collisionPadding={8}
        {...props}
        className={cn(
          'z-50 max-h-(--radix-popover-content-available-height) w-64 overflow-y-auto rounded-panel border border-line bg-panel p-3 text-ink shadow-float outline-none data-[state=open]:animate-pop-in',
          className,
        )}
      />
    </Primitive.Portal>
  );
}

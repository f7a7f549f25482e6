'use client';

import { Check } from 'lucide-react';
import * as Primitive from 'radix-ui/dropdown-menu';
import { type ComponentProps, type FocusEvent, useRef } from 'react';
import { cn } from '@/lib/utils/cn';

/** Not modal: the page keeps its scroll bar, and no style is injected. */
export function DropdownMenu(props: ComponentProps<typeof Primitive.Root>) {
  return <Primitive.Root modal={false} {...props} />;
}

export const DropdownMenuTrigger = Primitive.Trigger;
export const DropdownMenuRadioGroup = Primitive.RadioGroup;

export function DropdownMenuContent({ className, ...props }: ComponentProps<typeof Primitive.Content>) {
  const isEntered = useRef(false);

  // Radix goes to the first item for a key that it saw itself; a menu that is loaded when opened comes too late for it.
  function enter({ target, currentTarget }: FocusEvent<HTMLDivElement>) {
    if (isEntered.current || target !== currentTarget) return;
    isEntered.current = true;
    if (!currentTarget.matches(':focus-visible')) return;
    currentTarget.querySelector<HTMLElement>('[role^=menuitem]:not([data-disabled])')?.focus();
  }

  return (
    <Primitive.Portal>
      <Primitive.Content
        sideOffset={6}
        align="end"
        collisionPadding={8}
        onFocus={enter}
        {...props}
        className={cn(
          'z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-panel border border-line bg-panel p-1 text-ink shadow-float outline-none data-[state=open]:animate-pop-in',
          className,
        )}
      />
    </Primitive.Portal>
  );
}

const itemClasses =
  'relative flex min-h-8 cursor-pointer select-none items-center gap-2 rounded-control px-2.5 py-1 text-sm data-highlighted:bg-sunk focus-visible:outline-offset-[-2px] data-disabled:cursor-not-allowed data-disabled:opacity-45';

export interface DropdownMenuItemProps extends ComponentProps<typeof Primitive.Item> {
  tone?: 'neutral' | 'danger';
}

export function DropdownMenuItem({ tone = 'neutral', className, ...props }: DropdownMenuItemProps) {
  return (
    <Primitive.Item
      {...props}
      className={cn(itemClasses, tone === 'danger' && 'text-bad data-highlighted:bg-bad-soft', className)}
    />
  );
}

function ItemMark() {
  return (
    <span className="absolute left-2.5 inline-flex size-3.5 items-center">
      <Primitive.ItemIndicator>
        <Check aria-hidden="true" className="size-3.5 text-accent" />
      </Primitive.ItemIndicator>
    </span>
  );
}

export function DropdownMenuRadioItem({
  className,
  children,
  ...props
}: ComponentProps<typeof Primitive.RadioItem>) {
  return (
    <Primitive.RadioItem {...props} className={cn(itemClasses, 'pl-8', className)}>
      <ItemMark />
      {children}
    </Primitive.RadioItem>
  );
}

export function DropdownMenuLabel({ className, ...props }: ComponentProps<typeof Primitive.Label>) {
  return <Primitive.Label {...props} className={cn('px-2.5 pt-1.5 pb-1 text-muted text-xs', className)} />;
}

export function DropdownMenuSeparator({ className, ...props }: ComponentProps<typeof Primitive.Separator>) {
  return <Primitive.Separator {...props} className={cn('my-1 h-px bg-line', className)} />;
}

'use client';

import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { cn } from '@/lib/utils/cn';
import { Popover } from './popover';

export interface FilterChipProps {
  label: string;
  /** What is chosen, in words; without it the chip is an offer: dashed, with a plus. */
  value?: string | null;
  onClear?: () => void;
  /** Content of the popover; a function gets the means to close it. */
  children: ReactNode | ((close: () => void) => ReactNode);
  className?: string;
}

export function FilterChip({ label, value, onClear, children, className }: FilterChipProps) {
  const [isOpen, setIsOpen] = useState(false);
  const isActive = value !== undefined && value !== null && value !== '';
  const close = () => setIsOpen(false);

  return (
    <span
      className={cn(
        'inline-flex h-7 max-w-full items-center rounded-full text-sm',
        isActive
          ? 'bg-accent-soft font-semibold text-accent'
          : 'border border-line-strong border-dashed text-muted hover:border-edge hover:text-ink',
        className,
      )}
    >
      <Popover
        label={label}
        open={isOpen}
        onOpenChange={setIsOpen}
        button={{
          className: cn('h-full min-w-0 truncate rounded-full', isActive && onClear ? 'pr-1 pl-3' : 'px-3'),
          children: isActive ? `${label}: ${value}` : `+ ${label}`,
        }}
      >
        {typeof children === 'function' ? children(close) : children}
      </Popover>
      {isActive && onClear ? (
        <button
          type="button"
          aria-label={`Clear filter ${label}`}
          onClick={onClear}
          className="mr-1 inline-flex size-6 items-center justify-center rounded-full hover:bg-panel"
        >
          <X aria-hidden="true" className="size-3.5" />
        </button>
      ) : null}
    </span>
  );
}

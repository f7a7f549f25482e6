'use client';

import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils/cn';
import { useFieldControl } from './field-context';
import { controlClasses } from './input';

export interface MoneyInputProps extends Omit<ComponentProps<'input'>, 'type' | 'inputMode' | 'size'> {
  size?: 'md' | 'lg';
}

/** Amount in US dollars as text: no spinner, no wheel, nothing rounded behind one's back. */
export function MoneyInput({ className, size = 'md', ...props }: MoneyInputProps) {
  const control = useFieldControl(props);
  return (
    <span className={cn('relative block', className)}>
      <span
        aria-hidden="true"
        className={cn(
          '-translate-y-1/2 pointer-events-none absolute top-1/2 left-3 text-muted',
          size === 'lg' && 'text-lg',
        )}
      >
        $
      </span>
      <input
        autoComplete="off"
        {...props}
        {...control}
        type="text"
        inputMode="decimal"
        className={cn(
          controlClasses,
          size === 'lg' ? 'h-9.5 pl-6.5 font-semibold text-lg max-sm:text-lg' : 'h-8 pl-5.5 max-sm:h-10',
        )}
      />
    </span>
  );
}

'use client';

import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils/cn';
import { useFieldControl } from './field-context';
import { controlClasses } from './input';

/** The browser's own select, which every phone and screen reader knows, in the house's clothes. */
export function Select({ className, children, ...props }: ComponentProps<'select'>) {
  const control = useFieldControl(props);
  return (
    <span className={cn('relative block', className)}>
      <select {...props} {...control} className={cn(controlClasses, 'h-8 appearance-none max-sm:h-10 pr-8')}>
        {children}
      </select>
      <ChevronDown
        aria-hidden="true"
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2.5 size-3.5 text-muted"
      />
    </span>
  );
}

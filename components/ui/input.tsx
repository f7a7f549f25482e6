'use client';

import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils/cn';
import { useFieldControl } from './field-context';

export const controlClasses =
  'w-full min-w-0 rounded-control border border-edge bg-panel px-3 text-ink text-sm transition-colors focus-visible:border-accent focus-visible:outline-offset-[-1px] focus-visible:shadow-[0_0_0_3px_var(--accent-soft)] aria-invalid:border-bad disabled:bg-sunk disabled:text-muted max-sm:text-[16px]';

export function Input({ className, type = 'text', ...props }: ComponentProps<'input'>) {
  const control = useFieldControl(props);
  return (
    <input {...props} {...control} type={type} className={cn(controlClasses, 'h-8 max-sm:h-10', className)} />
  );
}

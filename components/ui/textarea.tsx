'use client';

import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils/cn';
import { useFieldControl } from './field-context';
import { controlClasses } from './input';

export function Textarea({ className, rows = 2, ...props }: ComponentProps<'textarea'>) {
  const control = useFieldControl(props);
  return (
    <textarea
      {...props}
      {...control}
      rows={rows}
      className={cn(controlClasses, 'resize-y py-1.5 leading-5', className)}
    />
  );
}

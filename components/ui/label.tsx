import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils/cn';

export interface LabelProps extends ComponentProps<'label'> {
  htmlFor: string;
}

export function Label({ className, htmlFor, children, ...props }: LabelProps) {
  return (
    <label {...props} htmlFor={htmlFor} className={cn('text-muted text-xs', className)}>
      {children}
    </label>
  );
}

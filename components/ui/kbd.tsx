import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils/cn';

export function Kbd({ className, ...props }: ComponentProps<'kbd'>) {
  return <kbd {...props} className={cn('font-sans text-2xs text-muted', className)} />;
}

import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils/cn';
import { type ButtonVariants, buttonVariants } from './button-variants';

export interface ButtonLinkProps extends ComponentProps<typeof Link>, ButtonVariants {}

/** A link that looks like a button: it leads somewhere, it does not act. */
export function ButtonLink({ variant, size, className, ...props }: ButtonLinkProps) {
  return <Link {...props} className={cn(buttonVariants({ variant, size }), className)} />;
}

import { cva, type VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { cn } from '@/lib/utils/cn';

const badgeVariants = cva('inline-flex items-center whitespace-nowrap font-semibold text-2xs', {
  variants: {
    tone: {
      neutral: 'bg-sunk text-muted',
      accent: 'bg-accent-soft text-accent',
      ok: 'bg-ok-soft text-ok',
      warn: 'bg-warn-soft text-warn',
      bad: 'bg-bad-soft text-bad',
    },
    shape: { tag: 'rounded-tag px-1.75', count: 'min-w-5 justify-center rounded-tag px-1' },
  },
  defaultVariants: { tone: 'neutral', shape: 'tag' },
});

export type BadgeTone = NonNullable<VariantProps<typeof badgeVariants>['tone']>;

export interface BadgeProps extends ComponentProps<'span'>, VariantProps<typeof badgeVariants> {}

/** Always words: the colour only repeats them. */
export function Badge({ tone, shape, className, ...props }: BadgeProps) {
  return <span {...props} className={cn(badgeVariants({ tone, shape }), className)} />;
}

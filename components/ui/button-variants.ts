import { cva, type VariantProps } from 'class-variance-authority';

/** Looks of a button, for `Button` and for links that act as one. */
export const buttonVariants = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap font-semibold transition-colors disabled:opacity-45 aria-disabled:opacity-45 disabled:cursor-not-allowed aria-disabled:cursor-not-allowed data-pending:opacity-80',
  {
    variants: {
      variant: {
        primary: 'rounded-control bg-accent text-on-accent hover:bg-accent-strong',
        secondary: 'rounded-control border border-line-strong bg-panel text-ink hover:bg-sunk',
        ghost: 'rounded-control text-muted hover:bg-sunk hover:text-ink',
        danger: 'rounded-control bg-bad text-on-bad hover:bg-bad-strong',
        link: 'rounded-tag text-accent underline-offset-2 hover:underline',
      },
      size: {
        md: 'h-8 px-3 text-sm max-sm:h-9',
        sm: 'h-7 px-2.5 text-xs',
        icon: 'size-8 text-sm',
      },
    },
    compoundVariants: [{ variant: 'link', size: ['md', 'sm'], class: 'h-auto px-0' }],
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

export type ButtonVariants = VariantProps<typeof buttonVariants>;

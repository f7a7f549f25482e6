import { cva, type VariantProps } from 'class-variance-authority';
import type { ReactNode } from 'react';
import { cn } from '@/lib/utils/cn';

const noticeVariants = cva('rounded-control px-3 py-2.5 text-sm', {
  variants: {
    tone: {
      info: 'bg-accent-soft text-accent',
      ok: 'bg-ok-soft text-ok',
      warn: 'bg-warn-soft text-warn',
      bad: 'bg-bad-soft text-bad',
    },
  },
  defaultVariants: { tone: 'info' },
});

export interface NoticeProps extends VariantProps<typeof noticeVariants> {
  /** The first, bold sentence: the consequence. */
  title?: ReactNode;
  children?: ReactNode;
  /** Buttons or links under the words. */
  actions?: ReactNode;
  /** `polite` for what changes while one types, `assertive` for a failure. */
  live?: 'polite' | 'assertive';
  className?: string;
}

export function Notice({ tone, title, children, actions, live, className }: NoticeProps) {
  const role = live === 'assertive' ? 'alert' : live === 'polite' ? 'status' : undefined;
  return (
    <div role={role} className={cn(noticeVariants({ tone }), className)}>
      {title ? <strong className="font-semibold">{title}</strong> : null}
      {title && children ? ' ' : null}
      {children}
      {actions ? <div className="mt-2 flex flex-wrap gap-2">{actions}</div> : null}
    </div>
  );
}

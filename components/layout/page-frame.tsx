import type { ReactNode } from 'react';
import { cn } from '@/lib/utils/cn';

export interface PageFrameProps {
  title: ReactNode;
  /** One quiet line beside the title: "1,284 keys · $18,204.61 in November". */
  meta?: ReactNode;
  actions?: ReactNode;
  /** Above the title: where this page belongs. */
  breadcrumb?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** Title, meta line, actions, content: the same on every page. */
export function PageFrame({ title, meta, actions, breadcrumb, children, className }: PageFrameProps) {
  return (
    <div className={cn('flex min-w-0 flex-1 flex-col gap-4 px-5.5 py-5 max-md:px-4 max-md:py-4', className)}>
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
        <div className="flex min-w-0 flex-wrap items-baseline gap-x-3">
          {breadcrumb ? <div className="w-full text-muted text-xs">{breadcrumb}</div> : null}
          <h1 className="min-w-0 break-words rounded-tag font-semibold text-xl">{title}</h1>
          {meta ? <p className="text-muted">{meta}</p> : null}
        </div>
        {actions ? (
          <div className="ml-auto flex flex-wrap items-center gap-2 max-sm:w-full">{actions}</div>
        ) : null}
      </div>
      {children}
    </div>
  );
}

/** A panel with a hairline: the only box there is. */
export function Panel({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <section className={cn('rounded-panel border border-line bg-panel p-4', className)}>{children}</section>
  );
}

import Link from 'next/link';
import { type ReactNode, useId } from 'react';
import { cn } from '@/lib/utils/cn';

interface SectionProps {
  title: string;
  /** Where all of it stands. */
  more?: { href: string; label: string };
  children: ReactNode;
  className?: string;
}

export function Section({ title, more, children, className }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={cn('flex min-w-0 flex-col gap-2', className)}>
      <div className="flex items-baseline justify-between gap-4">
        <h2 id={id} className="m-0 font-semibold text-base">
          {title}
        </h2>
        {more ? (
          <Link
            href={more.href}
            className="rounded-tag text-accent text-sm underline-offset-2 hover:underline"
          >
            {more.label}
          </Link>
        ) : null}
      </div>
      {children}
    </section>
  );
}

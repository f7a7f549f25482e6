import { cn } from '@/lib/utils/cn';

/** The key in its square. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cn('size-5.5', className)}>
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <g fill="none" stroke="var(--on-accent)" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round">
        <circle cx="12.5" cy="19.5" r="4.5" />
        <path d="m15.8 16.2 7.7-7.7m-3.4 3.4 3 3" />
      </g>
    </svg>
  );
}

import { cn } from '@/lib/utils/cn';

export interface DifferenceItem {
  label: string;
  /** In words; null where nothing is known of it. */
  before: string | null;
  after: string | null;
}

export interface DifferenceListProps {
  items: readonly DifferenceItem[];
  className?: string;
}

/** What changed, a line a value: `Limit: $300 monthly → $380 monthly`. */
export function DifferenceList({ items, className }: DifferenceListProps) {
  if (items.length === 0) return null;
  return (
    <ul className={cn('min-w-0 leading-[17px]', className)}>
      {items.map(({ label, before, after }) => (
        <li key={label} className="[overflow-wrap:anywhere]">
          <span className="text-muted">{label}: </span>
          {before === null ? null : (
            <span className="text-muted">
              <span className="sr-only">before </span>
              {before}
            </span>
          )}
          {before !== null && after !== null ? (
            <>
              <span aria-hidden="true" className="text-muted">
                {' → '}
              </span>
              <span className="sr-only">, after </span>
            </>
          ) : null}
          {after}
        </li>
      ))}
    </ul>
  );
}

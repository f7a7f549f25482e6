import { cn } from '@/lib/utils/cn';

const colours = ['bg-series-3', 'bg-series-1'] as const;

interface ProviderMarkProps {
  /** Given as text: the list of providers brings its schema along, which the key table need not load. */
  initial: string;
  size?: 'sm' | 'md';
}

/** The provider's initial on a colour of its own; the words stand beside it. */
export function ProviderMark({ initial, size = 'sm' }: ProviderMarkProps) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        'inline-flex shrink-0 items-center justify-center font-bold text-on-accent leading-none',
        size === 'sm' ? 'size-3.5 rounded-[4px] text-[9px]' : 'size-6 rounded-tag text-xs',
        colours[(initial.charCodeAt(0) + 1) % colours.length],
      )}
    >
      {initial}
    </span>
  );
}

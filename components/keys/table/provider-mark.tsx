import type { KeysTableConnection } from '@/lib/domain/keys/keys-table';
import { cn } from '@/lib/utils/cn';

const colours = ['bg-series-3', 'bg-series-1'] as const;

/** The provider's initial on a colour of its own; the words stand beside it. */
export function ProviderMark({ connection }: { connection: Pick<KeysTableConnection, 'initial'> }) {
  const colour = colours[(connection.initial.charCodeAt(0) + 1) % colours.length];
  return (
    <span
      aria-hidden="true"
      className={cn(
        'inline-flex size-3.5 shrink-0 items-center justify-center rounded-[4px] font-bold text-[9px] text-on-accent leading-none',
        colour,
      )}
    >
      {connection.initial}
    </span>
  );
}

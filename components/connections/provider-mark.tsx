import { type ProviderKind, providerKindSchema, providerWords } from '@/lib/domain/connections/provider-kind';
import { cn } from '@/lib/utils/cn';

const colours = ['bg-series-3', 'bg-series-1', 'bg-series-4'] as const;

/** The provider's initial on a colour of its own; the words stand beside it. */
export function ProviderMark({ provider, size = 'sm' }: { provider: ProviderKind; size?: 'sm' | 'md' }) {
  const place = providerKindSchema.options.indexOf(provider);
  return (
    <span
      aria-hidden="true"
      className={cn(
        'inline-flex shrink-0 items-center justify-center font-bold text-on-accent leading-none',
        size === 'sm' ? 'size-3.5 rounded-[4px] text-[9px]' : 'size-6 rounded-tag text-xs',
        colours[place % colours.length],
      )}
    >
      {providerWords[provider].initial}
    </span>
  );
}

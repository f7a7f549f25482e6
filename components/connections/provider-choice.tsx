'use client';

import { ProviderMark } from '@/components/layout/provider-mark';
import { type ProviderKind, providerKindSchema, providerWords } from '@/lib/domain/connections/provider-kind';
import { cn } from '@/lib/utils/cn';

interface ProviderChoiceProps {
  value: ProviderKind;
  onChange: (provider: ProviderKind) => void;
}

/** One card for each provider; arrows move between them as between any radio buttons. */
export function ProviderChoice({ value, onChange }: ProviderChoiceProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-muted text-xs">Provider</legend>
      <div className="grid grid-cols-2 gap-2 max-sm:grid-cols-1">
        {providerKindSchema.options.map((provider) => (
          <label
            key={provider}
            className={cn(
              'flex items-center gap-2.5 rounded-control border bg-panel px-3 py-2.5 has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2',
              value === provider ? 'border-accent bg-accent-soft' : 'border-edge hover:bg-sunk',
            )}
          >
            <input
              type="radio"
              name="provider"
              value={provider}
              checked={value === provider}
              onChange={() => onChange(provider)}
              className="size-3.5 shrink-0 appearance-none rounded-full border border-edge bg-panel outline-none checked:border-[4px] checked:border-accent"
            />
            <ProviderMark initial={providerWords[provider].initial} size="md" />
            <span className="font-semibold">{providerWords[provider].name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

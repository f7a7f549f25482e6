'use client';

import { useTheme } from 'next-themes';
import { Segmented } from '@/components/ui/segmented';
import { useHydrated } from '@/components/ui/use-hydrated';

const options = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'system', label: 'As the system' },
] as const;
type Theme = (typeof options)[number]['value'];

/** Kept in this browser. The server does not know it, so the choice appears once the page is live. */
export function ThemeChoice() {
  const isHydrated = useHydrated();
  const { theme, setTheme } = useTheme();
  const chosen = options.find((option) => option.value === theme)?.value ?? 'system';
  return (
    <Segmented<Theme>
      aria-label="Appearance"
      options={options}
      value={isHydrated ? chosen : null}
      onValueChange={setTheme}
    />
  );
}

'use client';

import 'sonner/dist/styles.css';
import { useTheme } from 'next-themes';
import { Toaster as Sonner } from 'sonner';

export { toast } from 'sonner';

/** Stands once, around the signed-in pages. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      closeButton
      containerAriaLabel="Messages"
      toastOptions={{ duration: 6_000 }}
    />
  );
}

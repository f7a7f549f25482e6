'use client';

import { useTheme } from 'next-themes';
import { useEffect } from 'react';
import { Toaster as Sonner, toast as show } from 'sonner';
import { deliverToasts } from './toast-queue';

/** Loaded by `Toaster`. */
export function ToasterBox() {
  const { resolvedTheme } = useTheme();
  // Runs after sonner's own effects: it listens by then.
  useEffect(
    () =>
      deliverToasts(({ tone, text, options }) => {
        if (tone === 'error') show.error(text, options);
        else show(text, options);
      }),
    [],
  );
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

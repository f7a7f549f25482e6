'use client';

import type { ReactNode } from 'react';
import { Toaster } from '@/components/ui/toaster';

/** What only signed-in pages need: the sign-in page loads without it. */
export function ConsoleProviders({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <Toaster />
    </>
  );
}

import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { requireFound } from '@/lib/auth/require-found';
import { requireKey } from '@/lib/server/keys/require-key';

interface KeyLayoutProps {
  params: Promise<{ keyId: string }>;
  children: ReactNode;
}

export default async function KeyLayout({ params, children }: KeyLayoutProps) {
  const { keyId } = await params;
  await requireFound('keys.read', (context) => requireKey(context, keyId));
  return <NuqsAdapter>{children}</NuqsAdapter>;
}

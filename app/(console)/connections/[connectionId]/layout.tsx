import type { ReactNode } from 'react';
import { requireFound } from '@/lib/auth/require-found';
import { requireConnection } from '@/lib/server/connections/require-connection';

interface ConnectionLayoutProps {
  params: Promise<{ connectionId: string }>;
  children: ReactNode;
}

export default async function ConnectionLayout({ params, children }: ConnectionLayoutProps) {
  const { connectionId } = await params;
  await requireFound('connections.read', (context) => requireConnection(context, connectionId));
  return children;
}

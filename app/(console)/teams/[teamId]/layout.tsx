import type { ReactNode } from 'react';
import { requireFound } from '@/lib/auth/require-found';
import { requireTeam } from '@/lib/server/teams/require-team';

interface TeamLayoutProps {
  params: Promise<{ teamId: string }>;
  children: ReactNode;
}

export default async function TeamLayout({ params, children }: TeamLayoutProps) {
  const { teamId } = await params;
  await requireFound('teams.read', (context) => requireTeam(context, teamId));
  return children;
}

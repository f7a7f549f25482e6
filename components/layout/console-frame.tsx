'use client';

import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback } from 'react';
import { keysTableQuery } from '@/lib/client/keys';
import { useSignOut } from '@/lib/client/people';
import { type Role, roleWords } from '@/lib/domain/people/role';
import { CommandSearch } from './command-search';
import type { PaletteKeyResult } from './command-types';
import { consoleCommands, consoleNav, consolePages, type NavCounts } from './console-pages';
import { ConsoleShell } from './console-shell';

interface ConsoleFrameProps {
  user: { name: string; email: string; role: Role };
  freshness: ReactNode;
  bell: ReactNode;
  /** What waits on pages of the navigation. */
  waiting?: NavCounts;
  children: ReactNode;
}

const MOST_RESULTS = 8;

/** The shell of every signed-in page, with the navigation that this role can open. */
export function ConsoleFrame({ user, freshness, bell, waiting, children }: ConsoleFrameProps) {
  const client = useQueryClient();
  const signOut = useSignOut();
  const searchKeys = useCallback(
    async (query: string): Promise<readonly PaletteKeyResult[]> => {
      const { columns, connections } = await client.ensureQueryData(keysTableQuery);
      const wanted = query.trim().toLowerCase();
      if (wanted === '') return [];
      const found: PaletteKeyResult[] = [];
      for (const [at, name] of columns.name.entries()) {
        if (found.length >= MOST_RESULTS) break;
        if (!name.toLowerCase().includes(wanted)) continue;
        const id = columns.id[at] ?? 0;
        const connection = connections.find((item) => item.id === columns.connectionId[at]);
        found.push({ id: String(id), name, detail: connection?.name ?? '', href: `/keys/${id}` });
      }
      return found;
    },
    [client],
  );

  const { role } = user;
  return (
    <ConsoleShell
      nav={consoleNav(role, waiting)}
      user={{ name: user.name, role: roleWords[role].name, email: user.email }}
      accountHref="/account"
      onSignOut={() => signOut.mutate()}
      freshness={freshness}
      bell={bell}
      search={
        <CommandSearch commands={consoleCommands(role)} pages={consolePages(role)} searchKeys={searchKeys} />
      }
    >
      {children}
    </ConsoleShell>
  );
}

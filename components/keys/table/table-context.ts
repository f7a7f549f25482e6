'use client';

import { createContext, useContext } from 'react';
import type { BindsWire } from '@/lib/domain/binds/binds-wire';
import type { RecentSpend } from '@/lib/domain/keys/recent-spend';
import type { KeyDialog } from '../key-dialogs';

/** What the role of the person allows; computed on the server from the permission table. */
export type KeysAbilities = {
  readonly update: boolean;
  readonly create: boolean;
  readonly delete: boolean;
  readonly assign: boolean;
  readonly export: boolean;
  readonly connect: boolean;
};

export type KeyTableContextValue = {
  readonly can: KeysAbilities;
  readonly recent: RecentSpend | null;
  /** What can stop the keys besides their own limits. */
  readonly binds: BindsWire | null;
  /** When the table was read: statuses, windows and paces are told as of then. */
  readonly asOfMs: number;
  readonly openDialog: (dialog: KeyDialog) => void;
  readonly toggleSelected: (id: number, isRange: boolean) => void;
};

const KeyTableContext = createContext<KeyTableContextValue | null>(null);
export const KeyTableProvider = KeyTableContext.Provider;

export function useKeyTable(): KeyTableContextValue {
  const value = useContext(KeyTableContext);
  if (!value) throw new Error('a key row stands outside the key table');
  return value;
}

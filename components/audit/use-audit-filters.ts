'use client';

import { parseAsString, useQueryStates } from 'nuqs';
import { useCallback, useMemo, useTransition } from 'react';
import {
  type AuditFilters,
  NO_AUDIT_FILTERS,
  parseAuditFilters,
  writeAuditFilters,
} from '@/lib/domain/audit/audit-filters';

const parsers = {
  person: parseAsString,
  key: parseAsString,
  action: parseAsString,
  from: parseAsString,
  to: parseAsString,
  before: parseAsString,
};

/** Filters in the address. Each choice is a step that Back undoes, starts at the newest row, and is drawn by the server. */
export function useAuditFilters() {
  const [isPending, startTransition] = useTransition();
  const [texts, setTexts] = useQueryStates(parsers, {
    history: 'push',
    shallow: false,
    scroll: false,
    startTransition,
  });
  const filters = useMemo(() => parseAuditFilters((name) => texts[name]), [texts]);
  const change = useCallback(
    (patch: Partial<AuditFilters>) =>
      void setTexts({ ...writeAuditFilters({ ...filters, ...patch }), before: null }),
    [filters, setTexts],
  );
  const clear = useCallback(() => change(NO_AUDIT_FILTERS), [change]);
  return { filters, change, clear, isPending };
}

import { z } from 'zod';
import { parseUtcDay, type UtcDay } from '../periods/utc-day';

/** Stands for Keyward itself among the people. */
export const SYSTEM_ACTOR = 'system';

export type AuditFilters = {
  /** A person's id, or `system`. */
  readonly person: string | null;
  readonly keyId: number | null;
  /** Exact names of actions; none means every action. */
  readonly actions: readonly string[];
  /** UTC days, both included. */
  readonly from: UtcDay | null;
  readonly to: UtcDay | null;
};

export const NO_AUDIT_FILTERS: AuditFilters = {
  person: null,
  keyId: null,
  actions: [],
  from: null,
  to: null,
};

/** The names that filters have in the address of the page and of the export. */
export const auditFilterNames = ['person', 'key', 'action', 'from', 'to'] as const;
export type AuditFilterName = (typeof auditFilterNames)[number];
export type AuditFilterTexts = Record<AuditFilterName, string | null>;

const personSchema = z.union([z.literal(SYSTEM_ACTOR), z.uuid()]);
const idSchema = z.coerce.number().int().positive().max(2_147_483_647);
const actionSchema = z.string().regex(/^[a-z_]{1,40}\.[a-z_]{1,60}$/);

function readDay(text: string | null): UtcDay | null {
  return text?.length === 10 ? parseUtcDay(text) : null;
}

/** Reads filters from an address; what is not understood is left out. */
export function parseAuditFilters(read: (name: AuditFilterName) => string | null): AuditFilters {
  const actions = (read('action') ?? '')
    .split(',')
    .flatMap((item) => actionSchema.safeParse(item).data ?? []);
  return {
    person: personSchema.safeParse(read('person')).data ?? null,
    keyId: idSchema.safeParse(read('key') ?? undefined).data ?? null,
    actions: [...new Set(actions)].slice(0, 100),
    from: readDay(read('from')),
    to: readDay(read('to')),
  };
}

/** The address of filters; null for what does not narrow. */
export function writeAuditFilters(filters: AuditFilters): AuditFilterTexts {
  return {
    person: filters.person,
    key: filters.keyId === null ? null : String(filters.keyId),
    action: filters.actions.length === 0 ? null : filters.actions.join(','),
    from: filters.from,
    to: filters.to,
  };
}

export function hasAuditFilters(filters: AuditFilters): boolean {
  return Object.values(writeAuditFilters(filters)).some((text) => text !== null);
}

/** Filters and more as the query of an address, without `?`. */
export function auditQuery(filters: AuditFilters, more: Readonly<Record<string, string>> = {}): string {
  const named = Object.entries({ ...writeAuditFilters(filters), ...more });
  return new URLSearchParams(
    named.flatMap(([name, text]) => (text === null ? [] : [[name, text]])),
  ).toString();
}

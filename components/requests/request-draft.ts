import type { keyPermissionLevels } from '@/lib/domain/connections/capabilities';
import { capped, type Limit, UNLIMITED } from '@/lib/domain/limits/limit';
import { isPositiveUsd, type Usd, ZERO_USD } from '@/lib/domain/money/usd';
import { typedUsdSchema } from '@/lib/domain/money/usd-schema';
import type { LimitPeriod } from '@/lib/domain/periods/limit-period';
import { decideNeeds, type Needs } from '@/lib/domain/requests/decide-needs';
import type { RequestKind } from '@/lib/domain/requests/request';
import { headroomOf } from '@/lib/domain/requests/request-outlook';
import type { FormTeam, RequestFormView } from '@/lib/domain/requests/request-view';
import {
  type CreateRequestInput,
  type Grant,
  grantOfWish,
  type NewKeyWish,
  type RequestWish,
} from '@/lib/domain/requests/request-wish';

/** The form as it is typed. */
export type RequestDraft = {
  kind: RequestKind;
  how: 'to' | 'by' | 'unlimited';
  amountText: string;
  period: LimitPeriod;
  /** A UTC day `YYYY-MM-DD`; empty for good. */
  untilDay: string;
  isUntil: boolean;
  name: string;
  connectionId: number | null;
  teamId: number | null;
  containerId: number | null;
  isPermissionsSet: boolean;
  completions: PermissionLevel;
  manage: PermissionLevel;
  /** A UTC day `YYYY-MM-DD` at the end of which a new key expires; empty for never. */
  expiryDay: string;
  isByokCounted: boolean;
  keyName: string;
  reason: string;
};

type PermissionLevel = (typeof keyPermissionLevels)[number];

/** The last minute of a UTC day, which is when a raise until that day ends. */
export function endOfDay(day: string): string {
  return `${day}T23:59:00.000Z`;
}

export function emptyDraft(form: RequestFormView, kind: RequestKind): RequestDraft {
  const [connection] = form.connections;
  const [team] = form.teams;
  const limit = form.key?.limit;
  return {
    kind,
    how: 'to',
    amountText: '',
    period: limit?.kind === 'capped' ? limit.period : 'monthly',
    untilDay: '',
    isUntil: false,
    name: '',
    connectionId: connection?.id ?? null,
    teamId: form.keyTeamId ?? team?.id ?? null,
    containerId: null,
    isPermissionsSet: false,
    completions: 'write',
    manage: 'none',
    expiryDay: '',
    isByokCounted: false,
    keyName: '',
    reason: '',
  };
}

type FormConnection = RequestFormView['connections'][number];

function limitOfDraft(limit: Limit): Partial<RequestDraft> {
  if (limit.kind !== 'capped') return { how: 'unlimited' };
  return { how: 'to', amountText: limit.amount, period: limit.period };
}

function draftOfNewKey(wish: NewKeyWish, form: RequestFormView): Partial<RequestDraft> {
  const { name, connectionId, teamId, permissions, expiresAt, includeByokInLimit } = wish;
  const places = form.connections.find(({ id }) => id === connectionId)?.containers ?? [];
  return {
    ...{ name, connectionId, teamId },
    // A workspace or group that is gone has to be chosen anew.
    containerId: places.find(({ id }) => id === wish.containerId)?.id ?? null,
    ...limitOfDraft(wish.limit),
    ...(permissions === null ? {} : { isPermissionsSet: true, ...permissions }),
    expiryDay: expiresAt?.slice(0, 10) ?? '',
    isByokCounted: includeByokInLimit ?? false,
  };
}

/** A wish that waits, as its requester would type it. */
export function draftOfWish(form: RequestFormView, wish: RequestWish, reason: string): RequestDraft {
  const empty = { ...emptyDraft(form, wish.kind), reason };
  if (wish.kind === 'new_key') return { ...empty, ...draftOfNewKey(wish, form) };
  if (wish.kind !== 'limit') return empty;
  const { change, until } = wish;
  const asked: Partial<RequestDraft> =
    change.by === 'limit' ? limitOfDraft(change.limit) : { how: 'by', amountText: change.amount };
  return { ...empty, ...asked, isUntil: until !== null, untilDay: until?.slice(0, 10) ?? '' };
}

type Fault = { readonly field: keyof RequestDraft; readonly message: string };

export type ReadDraft = {
  /** Null while something is missing or at fault. */
  readonly wish: CreateRequestInput['wish'] | null;
  readonly grant: Grant | null;
  readonly fault: Fault | null;
  /** The limit that the wish is about; null for a new key. */
  readonly current: Limit | null;
};

function readAmount(text: string): Usd | Fault {
  const parsed = typedUsdSchema.safeParse(text);
  const message = parsed.success
    ? 'Enter an amount above $0.'
    : (parsed.error.issues[0]?.message ?? 'Enter an amount.');
  return parsed.success && isPositiveUsd(parsed.data) ? parsed.data : { field: 'amountText', message };
}

const nothing = { wish: null, grant: null, current: null } as const;
const at = (field: keyof RequestDraft, message: string): ReadDraft => ({
  ...nothing,
  fault: { field, message },
});

function readLimit(draft: RequestDraft, form: RequestFormView): ReadDraft {
  const { key } = form;
  if (!key) return at('kind', 'Choose a key.');
  const current = draft.isUntil ? key.limit : (key.baseLimit ?? key.limit);
  if (draft.isUntil && draft.untilDay === '') return { ...at('untilDay', 'Choose a day.'), current };
  const until = draft.isUntil ? endOfDay(draft.untilDay) : null;
  const amount = draft.how === 'unlimited' ? ZERO_USD : readAmount(draft.amountText);
  if (typeof amount !== 'string') return { ...nothing, current, fault: amount };
  const limit = draft.how === 'unlimited' ? UNLIMITED : capped(amount, draft.period);
  const change = draft.how === 'by' ? ({ by: 'amount', amount } as const) : ({ by: 'limit', limit } as const);
  const wish = { kind: 'limit', keyId: key.id, change, until } as const;
  const grant = grantOfWish(wish, current);
  if (grant === null)
    return { ...at('how', 'This key has no cap that an amount could be added to.'), current };
  return { wish, grant, fault: null, current };
}

/** Only what the connection has is asked for. */
function readSettings(draft: RequestDraft, { capabilities }: FormConnection) {
  const { containerAtCreation, permissionsAtCreation, expiryAtCreation, expiryLater, byokInLimit } =
    capabilities;
  const { completions, manage } = draft;
  const hasExpiry = expiryAtCreation.can || expiryLater.can;
  return {
    containerId: containerAtCreation.can ? draft.containerId : null,
    permissions: permissionsAtCreation.can && draft.isPermissionsSet ? { manage, completions } : null,
    expiresAt: hasExpiry && draft.expiryDay !== '' ? `${draft.expiryDay}T23:59:59.000Z` : null,
    includeByokInLimit: byokInLimit.can ? draft.isByokCounted : null,
  };
}

function readNewKey(draft: RequestDraft, form: RequestFormView): ReadDraft {
  const { name, connectionId, teamId } = draft;
  const connection = form.connections.find(({ id }) => id === connectionId);
  if (connectionId === null || !connection)
    return at('connectionId', 'There is no connection to make a key at.');
  if (teamId === null) return at('teamId', 'Choose a team.');
  const amount = draft.how === 'unlimited' ? ZERO_USD : readAmount(draft.amountText);
  if (typeof amount !== 'string') return { ...nothing, fault: amount };
  const limit = draft.how === 'unlimited' ? UNLIMITED : capped(amount, draft.period);
  const grant: Grant = { kind: 'new_key', limit };
  if (name.trim() === '')
    return { ...nothing, grant, fault: { field: 'name', message: 'Give the key a name.' } };
  const wish = {
    kind: 'new_key',
    name: name.trim(),
    connectionId,
    teamId,
    limit,
    ...readSettings(draft, connection),
  } as const;
  return { wish, grant, fault: null, current: null };
}

/** What is typed as a wish, what it comes to, or what is wrong with it. */
export function readDraft(draft: RequestDraft, form: RequestFormView): ReadDraft {
  const current = form.key?.limit ?? null;
  switch (draft.kind) {
    case 'limit':
      return readLimit(draft, form);
    case 'new_key':
      return readNewKey(draft, form);
    case 'enable_key': {
      if (!form.key) return at('kind', 'Choose a key.');
      if (!form.key.isDisabled) return at('kind', `${form.key.name} is enabled already.`);
      const wish = { kind: 'enable_key', keyId: form.key.id } as const;
      return { wish, grant: { kind: 'enable_key' }, fault: null, current };
    }
    case 'take_over': {
      const { teamId, keyName } = draft;
      if (teamId === null) return at('teamId', 'Choose a team.');
      if (!form.key && keyName.trim() === '') return at('keyName', 'Name the key.');
      const keyId = form.key?.id ?? null;
      const wish = { kind: 'take_over', keyId, keyName: keyName.trim(), teamId } as const;
      return { wish, grant: { kind: 'take_over' }, fault: null, current };
    }
  }
}

/** The team whose rules and budget hold for the wish. */
export function teamOfDraft({ kind, teamId }: RequestDraft, form: RequestFormView): FormTeam | null {
  const id = kind === 'new_key' || kind === 'take_over' ? teamId : form.keyTeamId;
  return form.teams.find((team) => team.id === id) ?? null;
}

/** How many must agree to what is typed; null while nothing readable is. */
export function needsOfDraft(draft: RequestDraft, form: RequestFormView): Needs | null {
  const { grant, current } = readDraft(draft, form);
  if (grant === null) return null;
  const team = teamOfDraft(draft, form);
  return decideNeeds({
    grant,
    current,
    rules: team?.rules ?? form.rules,
    hasTeam: team !== null,
    envelopeUsed: team?.envelopeUsed ?? ZERO_USD,
    isBudgetUsedUp: team !== null && (headroomOf(team)?.isOver ?? false),
  });
}

import { z } from 'zod';
import { providerKindSchema, providerWords } from '@/lib/domain/connections/provider-kind';
import { keyLabelsSchema, keyPermissionsSchema } from '@/lib/domain/keys/key-input';
import { limitSchema } from '@/lib/domain/limits/limit-schema';
import { usdSchema } from '@/lib/domain/money/usd-schema';
import { describeDevice } from '@/lib/domain/people/describe-device';
import { roleWords } from '@/lib/domain/people/role';
import { roleSchema } from '@/lib/domain/people/role-schema';
import { formatDateTime } from '@/lib/utils/format-date';
import { formatUsdShort } from '@/lib/utils/format-money';
import { limitText } from './limit-words';

/** One recorded value that changed, in words; `before` is null where nothing was recorded of it. */
export type Difference = {
  readonly label: string;
  readonly before: string | null;
  readonly after: string | null;
};

type Field = { readonly label: string; readonly text: (value: unknown) => string | null };

/** Words for a value of the expected shape; null for any other, which is then shown as it is. */
function field<T>(label: string, schema: z.ZodType<T>, toText: (value: T) => string): Field {
  return {
    label,
    text: (value) => {
      const parsed = schema.safeParse(value);
      return parsed.success ? toText(parsed.data) : null;
    },
  };
}

const textOr = (label: string, none: string) =>
  field(label, z.string().nullable(), (text) => (text === null || text === '' ? none : text));
const text = (label: string) => field(label, z.string(), (value) => value);
const moment = (label: string, none: string) =>
  field(label, z.iso.datetime().nullable(), (at) => (at === null ? none : formatDateTime(at)));
const countOf = (label: string) => field(label, z.number(), String);

const LEVELS = { none: 'none', read: 'read', write: 'write' } as const;
const MEMBERSHIPS = { lead: 'lead', member: 'member', none: 'not in the team' } as const;

function listLabels(labels: Readonly<Record<string, string>>): string {
  const entries = Object.entries(labels).map(([name, value]) => `${name} = ${value}`);
  return entries.length === 0 ? 'none' : entries.join(', ');
}

const fields: Readonly<Record<string, Field>> = {
  name: text('Name'),
  limit: field('Limit', limitSchema, limitText),
  includeByokInLimit: field('BYOK', z.boolean(), (counts) =>
    counts ? 'counts in the limit' : 'does not count',
  ),
  isDisabled: field('Status', z.boolean(), (isDisabled) => (isDisabled ? 'disabled' : 'enabled')),
  deleteAfter: moment('Deleted for good', 'no'),
  days: countOf('Days'),
  labels: field('Labels', keyLabelsSchema, listLabels),
  expiresAt: moment('Expires', 'never'),
  endsAt: moment('Ends', 'never'),
  ignoredUntil: moment('Put off until', 'not'),
  createdAt: moment('Created', 'not told'),
  creator: textOr('Creator', 'not told'),
  way: text('Key'),
  found: countOf('Found'),
  resolved: countOf('Gone by themselves'),
  linkExpiresAt: moment('Link works until', 'never'),
  permissions: field('Permissions', keyPermissionsSchema.nullable(), (levels) =>
    levels === null
      ? 'as the account has them'
      : `completions ${LEVELS[levels.completions]}, manage ${LEVELS[levels.manage]}`,
  ),
  team: textOr('Team', 'no team'),
  teams: field('Teams', z.array(z.string()), (names) => (names.length === 0 ? 'none' : names.join(', '))),
  owner: textOr('Owner', 'unowned'),
  container: textOr('Workspace or group', 'none'),
  keys: field('Keys', z.union([z.string(), z.number()]), String),
  role: field('Role', roleSchema, (role) => roleWords[role].name),
  membership: field('Place', z.enum(['lead', 'member', 'none']), (place) => MEMBERSHIPS[place]),
  person: text('Person'),
  recipient: textOr('For', 'whoever has the link'),
  isSignInNeeded: field('Sign-in', z.boolean(), (isNeeded) => (isNeeded ? 'needed' : 'not needed')),
  costCentre: textOr('Cost centre', 'none'),
  monthlyBudget: field('Monthly budget', usdSchema.nullable(), (amount) =>
    amount === null ? 'none' : formatUsdShort(amount),
  ),
  state: text('State'),
  provider: field('Provider', providerKindSchema, (kind) => providerWords[kind].name),
  baseUrl: text('Address'),
  keyTail: field('Management key', z.string(), (tail) => `…${tail}`),
  accountName: textOr('Account', 'not told'),
  email: text('Email'),
  method: text('Way'),
  address: textOr('Network address', 'not known'),
  userAgent: field('Device', z.string().nullable(), describeDevice),
  cause: field('Cause', z.string(), (cause) => cause.replaceAll('_', ' ')),
  ended: countOf('Sessions ended'),
  endedSessions: countOf('Sessions ended'),
  kind: field('Failure', z.string(), (kind) => kind.replaceAll('_', ' ')),
  status: field('HTTP status', z.number().nullable(), (status) =>
    status === null ? 'no answer' : String(status),
  ),
  message: textOr('Provider said', 'nothing'),
  format: text('Format'),
  oldKey: text('Old key'),
  newKey: textOr('New key', 'none'),
  quietHours: field('Quiet', z.number(), (hours) => `${hours} h`),
  quietSince: moment('Quiet since', 'not known'),
  waitUntil: moment('Wait until', 'no longer'),
  isAskedFor: field('Asked for', z.boolean(), (isAsked) => (isAsked ? 'by a person' : 'by the rule')),
  dueDays: field('Due after', z.number().nullable(), (days) => (days === null ? 'never' : `${days} days`)),
};

/** Recorded for machines; people see the same elsewhere on the row. */
const hidden: ReadonlySet<string> = new Set([
  'id',
  'externalId',
  'connectionId',
  'invitationId',
  'teamIds',
  'handOverId',
  'raiseId',
  'recipientId',
  'issuer',
  'subject',
  'deletedAt',
  'rotationId',
  'lastKeyId',
  'newKeyId',
]);

function labelOf(name: string): string {
  const spaced = name.replaceAll('_', ' ').replace(/([a-z])([A-Z])/g, '$1 $2');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1).toLowerCase();
}

function tidy(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === null ? 'none' : JSON.stringify(value);
}

function wordsOf(name: string, value: unknown): string | null {
  if (value === undefined) return null;
  return fields[name]?.text(value) ?? tidy(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isEmpty = (value: unknown) =>
  value === null || value === undefined || (isRecord(value) && Object.keys(value).length === 0);

/**
 * What changed between two recorded values. A record of the outcome names only what it touched, so the rest of
 * `before` is left out; where nothing came after, `before` is what was lost.
 */
export function differencesOf(before: unknown, after: unknown): readonly Difference[] {
  const [was, is] = [isRecord(before) ? before : null, isRecord(after) ? after : null];
  if ((was === null && !isEmpty(before)) || (is === null && !isEmpty(after))) {
    return [
      {
        label: 'Value',
        before: isEmpty(before) ? null : tidy(before),
        after: isEmpty(after) ? null : tidy(after),
      },
    ];
  }
  const names = Object.keys(is ?? was ?? {}).filter((name) => !hidden.has(name));
  return names.flatMap((name) => {
    const difference = {
      label: fields[name]?.label ?? labelOf(name),
      before: wordsOf(name, was?.[name]),
      after: wordsOf(name, is?.[name]),
    };
    const isUntold = difference.after === null && (was === null || is !== null);
    const isNothing = was === null && isEmpty(is?.[name]);
    return isUntold || isNothing || difference.before === difference.after ? [] : [difference];
  });
}

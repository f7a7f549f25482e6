import { z } from 'zod';
import { roleSchema } from './domain/people/role-schema';

const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

function toUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function isHttpUrl(text: string): boolean {
  const url = toUrl(text);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '';
}

function isBareOrigin(text: string): boolean {
  const url = toUrl(text);
  return url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
}

function isSecureOrLoopback(text: string): boolean {
  const url = toUrl(text);
  return url !== null && (url.protocol === 'https:' || LOOPBACK_HOSTS.includes(url.hostname));
}

function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && toUrl(text) !== null;
}

function isSmtpUrl(text: string): boolean {
  const url = toUrl(text);
  return url !== null && (url.protocol === 'smtp:' || url.protocol === 'smtps:') && url.hostname !== '';
}

/** `keyward@example.com`, or with a name before it: `Keyward <keyward@example.com>`. */
function isMailSender(text: string): boolean {
  return /^([^<>\r\n]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/.test(text);
}

const required = z.string({ error: 'is not set' });

const flag = z.enum(['true', 'false'], { error: 'is neither true nor false' });

function wholeNumber(min: number, max: number) {
  const message = `is not a whole number from ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message);
}

function readJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not JSON' });
    return z.NEVER;
  }
}

const roleMap = z
  .string()
  .transform(readJson)
  .pipe(
    z.record(z.string(), roleSchema, {
      error: 'is not an object that gives admin, finance or lead for each claim value',
    }),
  );

/** Every setting of the product, as it stands in the environment; empty ones count as not set. */
export const settingsSchema = z.object({
  DATABASE_URL: required.refine(isPostgresUrl, 'is not an address of the form postgres://…'),
  KEYWARD_DATABASE_KIND: z
    .enum(['embedded', 'server'], { error: 'is neither embedded nor server' })
    .default('server'),
  KEYWARD_DATA_DIR: z.string().default('.data'),
  KEYWARD_PUBLIC_URL: required
    .refine(isHttpUrl, 'is not an address of the form https://…')
    .refine(isBareOrigin, 'holds more than scheme, host and port')
    .transform((text) => toUrl(text)?.origin ?? text),
  KEYWARD_MASTER_KEY: z.string().optional(),
  KEYWARD_MASTER_KEY_FILE: z.string().optional(),
  KEYWARD_SESSION_SECRET: z.string().min(32, 'is shorter than 32 characters').optional(),
  KEYWARD_SESSION_SECRET_FILE: z.string().optional(),
  KEYWARD_ALLOW_PRIVATE_TARGETS: flag.default('false'),
  KEYWARD_READ_INTERVAL_SECONDS: wholeNumber(1, 86_400).default(60),
  KEYWARD_PROVIDER_CALLS_PER_MINUTE: wholeNumber(1, 100_000).optional(),
  KEYWARD_JOBS: z.enum(['on', 'off'], { error: 'is neither on nor off' }).default('on'),
  KEYWARD_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'is none of trace, debug, info, warn, error, fatal and silent',
    })
    .default('info'),
  KEYWARD_AUDIT_ANCHOR_FILE: z.string().optional(),
  KEYWARD_AUDIT_ANCHOR_URL: z
    .string()
    .refine(isHttpUrl, 'is not an address of the form https://…')
    .refine(isSecureOrLoopback, 'is not https')
    .optional(),
  KEYWARD_AUDIT_ANCHOR_SECONDS: wholeNumber(1, 86_400).default(300),
  SMTP_URL: z.string().refine(isSmtpUrl, 'is not an address of the form smtp://…').optional(),
  MAIL_FROM: z.string().refine(isMailSender, 'holds no email address').optional(),
  KEYWARD_SESSION_IDLE_MINUTES: wholeNumber(1, 43_200).default(720),
  KEYWARD_TRUST_PROXY_HOPS: wholeNumber(0, 10).default(0),
  OIDC_ISSUER: z
    .string()
    .refine(isHttpUrl, 'is not an address of the form https://…')
    .refine(isSecureOrLoopback, 'is not https')
    .optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().default('Single sign-on'),
  OIDC_ROLE_CLAIM: z.string().optional(),
  OIDC_ROLE_MAP: roleMap.optional(),
});

export type SettingName = keyof typeof settingsSchema.shape;
export type Settings = z.infer<typeof settingsSchema>;

/** The names in the order in which faults are listed. */
export const settingNames: readonly SettingName[] = settingsSchema.keyof().options;

const WHOLE_NUMBER = 'Give a number, or leave it out for the default.';
const OIDC_TRIO = 'Set OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET together, or none of them.';

/** What an operator does about a fault of each setting. */
export const settingRemedies: Record<SettingName, string> = {
  DATABASE_URL:
    'Start with `npm start`, which brings its own database, or give postgres://user:password@host:5432/name.',
  KEYWARD_DATABASE_KIND: 'Leave it out: the start scripts set it.',
  KEYWARD_DATA_DIR: 'Give a folder that this user may write, or leave it out for .data.',
  KEYWARD_PUBLIC_URL: 'Give the address people open, such as https://keys.example.com, without a path.',
  KEYWARD_MASTER_KEY: 'Make one with `openssl rand -base64 32`, or use a file instead.',
  KEYWARD_MASTER_KEY_FILE:
    'Restore the file from where you keep it, then `chmod 600` it. On a new installation `npm start` makes it.',
  KEYWARD_SESSION_SECRET: 'Make one with `openssl rand -base64 48`, or use a file instead.',
  KEYWARD_SESSION_SECRET_FILE: 'Run `chmod 600` on it. When it is gone, `npm start` makes a new one.',
  KEYWARD_ALLOW_PRIVATE_TARGETS:
    'Give true only where connections or webhooks shall reach this machine or a private network.',
  KEYWARD_READ_INTERVAL_SECONDS: WHOLE_NUMBER,
  KEYWARD_PROVIDER_CALLS_PER_MINUTE: 'Give a number, or leave it out for no limit of your own.',
  KEYWARD_JOBS: 'Give off only for an instance that shall run no scheduled work.',
  KEYWARD_LOG_LEVEL: 'Leave it out for info.',
  KEYWARD_AUDIT_ANCHOR_FILE: 'Give a file that this user may append to, or leave it out.',
  KEYWARD_AUDIT_ANCHOR_URL:
    'Give an https address, or leave it out. Plain http goes to this machine alone, and only with KEYWARD_ALLOW_PRIVATE_TARGETS.',
  KEYWARD_AUDIT_ANCHOR_SECONDS: WHOLE_NUMBER,
  SMTP_URL: `Give smtp://user:password@mail.example.com:587, or smtps:// with port 465, and MAIL_FROM with it.`,
  MAIL_FROM: 'Give the sender of mails, such as Keyward <keyward@example.com>, and SMTP_URL with it.',
  KEYWARD_SESSION_IDLE_MINUTES: WHOLE_NUMBER,
  KEYWARD_TRUST_PROXY_HOPS:
    'Give the number of reverse proxies in front of Keyward, or leave it out for none.',
  OIDC_ISSUER: OIDC_TRIO,
  OIDC_CLIENT_ID: OIDC_TRIO,
  OIDC_CLIENT_SECRET: OIDC_TRIO,
  OIDC_NAME: 'Give the words for the sign-in button, or leave it out.',
  OIDC_ROLE_CLAIM: 'Give the name of the claim that holds a person’s groups, and OIDC_ROLE_MAP with it.',
  OIDC_ROLE_MAP:
    'Give JSON such as {"platform":"admin","controlling":"finance"}, and OIDC_ROLE_CLAIM with it.',
};

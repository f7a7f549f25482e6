import { join, resolve } from 'node:path';
import type { Role } from './domain/people/role';
import {
  type SettingName,
  type Settings,
  settingNames,
  settingRemedies,
  settingsSchema,
} from './env-settings';
import { type LogLevel, log } from './utils/log';
import { loadMasterKey, MasterKeyError } from './utils/master-key';
import { PrivateFileError, readPrivateFile } from './utils/private-file';

export type OidcSettings = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  name: string;
  roleClaim: string | null;
  roleMap: Record<string, Role>;
};

/** Where the head of the audit chain is written down outside the database, and how often at most. */
export type AuditAnchorSettings = { file: string; url: string | null; intervalSeconds: number };

/** The mail server, with its password, and whom mails come from. */
export type MailSettings = { smtpUrl: string; from: string };

/** The validated settings. `masterKey` is 32 bytes; `publicUrl` is an origin without a trailing slash. */
export type Env = {
  databaseUrl: string;
  databaseKind: 'embedded' | 'server';
  dataDir: string;
  publicUrl: string;
  masterKey: Buffer;
  sessionSecret: string;
  /** Whether connections and webhooks may reach this machine and private networks. */
  allowPrivateTargets: boolean;
  readIntervalSeconds: number;
  providerCallsPerMinute: number | null;
  jobsEnabled: boolean;
  logLevel: LogLevel;
  auditAnchors: AuditAnchorSettings;
  /** Null: nothing goes out by email. */
  mail: MailSettings | null;
  sessionIdleMinutes: number;
  trustProxyHops: number;
  oidc: OidcSettings | null;
};

export type EnvFault = { name: SettingName; problem: string; whatToDo: string };
export type EnvSource = Record<string, string | undefined>;
export type ParsedEnv = { ok: true; env: Env } | { ok: false; faults: EnvFault[] };

type GivenSettings = Partial<Record<SettingName, string>>;
type Secrets = { masterKey: Buffer | null; sessionSecret: string | null };

/** Thrown by `getEnv`; the message lists every fault with what to do. */
export class EnvError extends Error {
  override readonly name = 'EnvError';

  constructor(readonly faults: EnvFault[]) {
    super(formatFaults(faults));
  }
}

function fault(name: SettingName, problem: string): EnvFault {
  return { name, problem, whatToDo: settingRemedies[name] };
}

function pickGiven(source: EnvSource): GivenSettings {
  const given: GivenSettings = {};
  for (const name of settingNames) {
    const value = source[name]?.trim();
    if (value) given[name] = value;
  }
  return given;
}

/** Where the files with generated secrets are: the named ones, else those of the data folder. */
function secretFiles(source: EnvSource): { masterKeyFile: string; sessionSecretFile: string } {
  const given = pickGiven(source);
  const dataDir = resolve(/* turbopackIgnore: true */ given.KEYWARD_DATA_DIR ?? '.data');
  return {
    masterKeyFile: given.KEYWARD_MASTER_KEY_FILE ?? join(dataDir, 'master.key'),
    sessionSecretFile: given.KEYWARD_SESSION_SECRET_FILE ?? join(dataDir, 'session.secret'),
  };
}

/** The file of the audit chain's anchors: the named one, else that of the data folder. */
export function auditAnchorFile(source: EnvSource): string {
  const given = pickGiven(source);
  const folder = given.KEYWARD_DATA_DIR ?? '.data';
  return resolve(
    /* turbopackIgnore: true */ given.KEYWARD_AUDIT_ANCHOR_FILE ?? join(folder, 'audit-anchors.jsonl'),
  );
}

function readSecrets(given: GivenSettings, faults: EnvFault[]): Secrets {
  const files = secretFiles(given);
  const secrets: Secrets = { masterKey: null, sessionSecret: null };
  const masterKeyText = given.KEYWARD_MASTER_KEY;
  try {
    secrets.masterKey = loadMasterKey({ text: masterKeyText, file: files.masterKeyFile });
  } catch (error) {
    if (!(error instanceof MasterKeyError) && !(error instanceof PrivateFileError)) throw error;
    const name = masterKeyText === undefined ? 'KEYWARD_MASTER_KEY_FILE' : 'KEYWARD_MASTER_KEY';
    faults.push(fault(name, error.message));
  }
  if (given.KEYWARD_SESSION_SECRET !== undefined) {
    secrets.sessionSecret = given.KEYWARD_SESSION_SECRET;
    return secrets;
  }
  try {
    const text = readPrivateFile(files.sessionSecretFile);
    if (text.length >= 32) secrets.sessionSecret = text;
    else faults.push(fault('KEYWARD_SESSION_SECRET_FILE', 'holds fewer than 32 characters'));
  } catch (error) {
    if (!(error instanceof PrivateFileError)) throw error;
    faults.push(fault('KEYWARD_SESSION_SECRET_FILE', error.message));
  }
  return secrets;
}

function findOidcFaults(given: GivenSettings): EnvFault[] {
  const trio = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const;
  const missing = trio.filter((name) => given[name] === undefined);
  const faults: EnvFault[] = [];
  if (missing.length > 0 && missing.length < trio.length) {
    faults.push(...missing.map((name) => fault(name, 'is not set, but other OIDC settings are')));
  }
  if (given.OIDC_ROLE_CLAIM !== undefined && given.OIDC_ROLE_MAP === undefined) {
    faults.push(fault('OIDC_ROLE_MAP', 'is not set, but OIDC_ROLE_CLAIM is'));
  }
  if (given.OIDC_ROLE_MAP !== undefined && given.OIDC_ROLE_CLAIM === undefined) {
    faults.push(fault('OIDC_ROLE_CLAIM', 'is not set, but OIDC_ROLE_MAP is'));
  }
  return faults;
}

function findAnchorFaults(given: GivenSettings): EnvFault[] {
  const isPlain = given.KEYWARD_AUDIT_ANCHOR_URL?.toLowerCase().startsWith('http:') === true;
  if (!isPlain || given.KEYWARD_ALLOW_PRIVATE_TARGETS === 'true') return [];
  return [fault('KEYWARD_AUDIT_ANCHOR_URL', 'is not https')];
}

function findMailFaults(given: GivenSettings): EnvFault[] {
  const [server, sender] = [given.SMTP_URL, given.MAIL_FROM];
  if (server !== undefined && sender === undefined)
    return [fault('MAIL_FROM', 'is not set, but SMTP_URL is')];
  if (sender !== undefined && server === undefined)
    return [fault('SMTP_URL', 'is not set, but MAIL_FROM is')];
  return [];
}

function toMail({ SMTP_URL: smtpUrl, MAIL_FROM: from }: Settings): MailSettings | null {
  return smtpUrl === undefined || from === undefined ? null : { smtpUrl, from };
}

function toOidc(settings: Settings): OidcSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = settings;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null;
  return {
    issuer,
    clientId,
    clientSecret,
    name: settings.OIDC_NAME,
    roleClaim: settings.OIDC_ROLE_CLAIM ?? null,
    roleMap: settings.OIDC_ROLE_MAP ?? {},
  };
}

function toEnv(settings: Settings, given: GivenSettings, masterKey: Buffer, sessionSecret: string): Env {
  return {
    databaseUrl: settings.DATABASE_URL,
    databaseKind: settings.KEYWARD_DATABASE_KIND,
    dataDir: resolve(/* turbopackIgnore: true */ settings.KEYWARD_DATA_DIR),
    publicUrl: settings.KEYWARD_PUBLIC_URL,
    masterKey,
    sessionSecret,
    allowPrivateTargets: settings.KEYWARD_ALLOW_PRIVATE_TARGETS === 'true',
    readIntervalSeconds: settings.KEYWARD_READ_INTERVAL_SECONDS,
    providerCallsPerMinute: settings.KEYWARD_PROVIDER_CALLS_PER_MINUTE ?? null,
    jobsEnabled: settings.KEYWARD_JOBS === 'on',
    logLevel: settings.KEYWARD_LOG_LEVEL,
    auditAnchors: {
      file: auditAnchorFile(given),
      url: settings.KEYWARD_AUDIT_ANCHOR_URL ?? null,
      intervalSeconds: settings.KEYWARD_AUDIT_ANCHOR_SECONDS,
    },
    mail: toMail(settings),
    sessionIdleMinutes: settings.KEYWARD_SESSION_IDLE_MINUTES,
    trustProxyHops: settings.KEYWARD_TRUST_PROXY_HOPS,
    oidc: toOidc(settings),
  };
}

function isSettingName(name: unknown): name is SettingName {
  return settingNames.some((known) => known === name);
}

/** Checks all settings, and the files that hold secrets, and lists every fault at once. */
export function parseEnv(source: EnvSource): ParsedEnv {
  const given = pickGiven(source);
  const parsed = settingsSchema.safeParse(given);
  const faults: EnvFault[] = [];
  for (const issue of parsed.error?.issues ?? []) {
    const name = issue.path[0];
    if (isSettingName(name) && !faults.some((known) => known.name === name)) {
      faults.push(fault(name, issue.message));
    }
  }
  const secrets = readSecrets(given, faults);
  for (const found of [...findOidcFaults(given), ...findAnchorFaults(given), ...findMailFaults(given)]) {
    if (!faults.some((known) => known.name === found.name)) faults.push(found);
  }
  if (parsed.success && faults.length === 0 && secrets.masterKey && secrets.sessionSecret) {
    return { ok: true, env: toEnv(parsed.data, given, secrets.masterKey, secrets.sessionSecret) };
  }
  faults.sort((a, b) => settingNames.indexOf(a.name) - settingNames.indexOf(b.name));
  return { ok: false, faults };
}

/** The faults as lines for a terminal. Values never stand in it, only names. */
export function formatFaults(faults: readonly EnvFault[]): string {
  const count = faults.length === 1 ? '1 setting needs' : `${faults.length} settings need`;
  const lines = faults.map((one) => `  ${one.name}: ${one.problem}.\n    ${one.whatToDo}`);
  return [`${count} attention before Keyward can start:`, ...lines].join('\n');
}

let current: Env | undefined;

/**
 * The settings of this process, checked on first use.
 * @throws {EnvError} listing every fault.
 */
export function getEnv(): Env {
  if (current !== undefined) return current;
  const parsed = parseEnv(process.env);
  if (!parsed.ok) throw new EnvError(parsed.faults);
  current = parsed.env;
  log.level = current.logLevel;
  return current;
}

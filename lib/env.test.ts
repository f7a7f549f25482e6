import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EnvSource, formatFaults, parseEnv } from './env';
import { settingNames } from './env-settings';

const KEY_TEXT = Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('base64');
const SECRET = 'a-session-secret-of-more-than-32-characters';

let folder: string;
let working: EnvSource;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyward-env-'));
  writeFileSync(join(folder, 'master.key'), `${KEY_TEXT}\n`, { mode: 0o600 });
  writeFileSync(join(folder, 'session.secret'), `${SECRET}\n`, { mode: 0o600 });
  working = {
    DATABASE_URL: 'postgres://keyward:pw@127.0.0.1:5432/keyward',
    KEYWARD_PUBLIC_URL: 'https://keys.example.com/',
    KEYWARD_DATA_DIR: folder,
  };
});

afterEach(() => rmSync(folder, { recursive: true }));

function faultsOf(changes: EnvSource) {
  const parsed = parseEnv({ ...working, ...changes });
  return parsed.ok ? [] : parsed.faults.map((fault) => [fault.name, fault.problem]);
}

function envOf(changes: EnvSource) {
  const parsed = parseEnv({ ...working, ...changes });
  if (!parsed.ok) throw new Error(formatFaults(parsed.faults));
  return parsed.env;
}

describe('parseEnv', () => {
  it('fills in every default from the few settings that are required', () => {
    expect(envOf({})).toEqual({
      databaseUrl: working.DATABASE_URL,
      databaseKind: 'server',
      dataDir: folder,
      publicUrl: 'https://keys.example.com',
      masterKey: Buffer.from(KEY_TEXT, 'base64'),
      sessionSecret: SECRET,
      allowPrivateTargets: false,
      readIntervalSeconds: 60,
      providerCallsPerMinute: null,
      jobsEnabled: true,
      logLevel: 'info',
      auditAnchors: { file: join(folder, 'audit-anchors.jsonl'), url: null, intervalSeconds: 300 },
      mail: null,
      sessionIdleMinutes: 720,
      trustProxyHops: 0,
      oidc: null,
    });
  });

  it('accepts the address of the embedded database over a unix socket', () => {
    const DATABASE_URL = 'postgres://keyward@localhost:5432/postgres?host=%2Ftmp%2Frun&sslmode=disable';
    expect(envOf({ DATABASE_URL, KEYWARD_DATABASE_KIND: 'embedded' }).databaseKind).toBe('embedded');
  });

  it('counts an empty setting as not set', () => {
    expect(envOf({ KEYWARD_READ_INTERVAL_SECONDS: ' ', OIDC_ISSUER: '' }).readIntervalSeconds).toBe(60);
  });

  it('lists all faults at once, in the order of the settings', () => {
    rmSync(join(folder, 'master.key'));
    chmodSync(join(folder, 'session.secret'), 0o640);
    expect(
      faultsOf({
        DATABASE_URL: undefined,
        KEYWARD_PUBLIC_URL: 'keys.example.com',
        KEYWARD_JOBS: 'yes',
        OIDC_CLIENT_ID: 'keyward',
      }),
    ).toEqual([
      ['DATABASE_URL', 'is not set'],
      ['KEYWARD_PUBLIC_URL', 'is not an address of the form https://…'],
      ['KEYWARD_MASTER_KEY_FILE', `${join(folder, 'master.key')} does not exist`],
      [
        'KEYWARD_SESSION_SECRET_FILE',
        `${join(folder, 'session.secret')} has mode 0640, so other users of this machine can reach it`,
      ],
      ['KEYWARD_JOBS', 'is neither on nor off'],
      ['OIDC_ISSUER', 'is not set, but other OIDC settings are'],
      ['OIDC_CLIENT_SECRET', 'is not set, but other OIDC settings are'],
    ]);
  });

  it.each([
    ['DATABASE_URL', 'mysql://127.0.0.1/keyward'],
    ['KEYWARD_DATABASE_KIND', 'sqlite'],
    ['KEYWARD_PUBLIC_URL', 'https://example.com/keys'],
    ['KEYWARD_MASTER_KEY', 'short'],
    ['KEYWARD_SESSION_SECRET', 'x'.repeat(31)],
    ['KEYWARD_ALLOW_PRIVATE_TARGETS', '1'],
    ['KEYWARD_READ_INTERVAL_SECONDS', '0'],
    ['KEYWARD_READ_INTERVAL_SECONDS', '1.5'],
    ['KEYWARD_READ_INTERVAL_SECONDS', '86401'],
    ['KEYWARD_PROVIDER_CALLS_PER_MINUTE', '-1'],
    ['KEYWARD_LOG_LEVEL', 'loud'],
    ['KEYWARD_AUDIT_ANCHOR_SECONDS', '0'],
    ['KEYWARD_AUDIT_ANCHOR_URL', 'log.example.com'],
    ['KEYWARD_AUDIT_ANCHOR_URL', 'http://log.example.com/keyward'],
    ['KEYWARD_AUDIT_ANCHOR_URL', 'http://127.0.0.1:4230/'],
    ['KEYWARD_SESSION_IDLE_MINUTES', 'never'],
    ['KEYWARD_TRUST_PROXY_HOPS', '11'],
  ])('rejects %s=%s', (name, value) => {
    expect(faultsOf({ [name]: value }).map(([fault]) => fault)).toEqual([name]);
  });

  it('takes the master key from the environment before the file', () => {
    const other = Buffer.from(Array.from({ length: 32 }, (_, index) => 255 - index));
    expect(envOf({ KEYWARD_MASTER_KEY: other.toString('base64') }).masterKey).toEqual(other);
  });

  it('anchors to a plain address of this machine only where loopback is allowed', () => {
    const url = 'http://127.0.0.1:4230/anchors';
    const changes = { KEYWARD_AUDIT_ANCHOR_URL: url, KEYWARD_ALLOW_PRIVATE_TARGETS: 'true' };
    expect(envOf(changes).auditAnchors.url).toBe(url);
    expect(envOf({ KEYWARD_AUDIT_ANCHOR_FILE: '/elsewhere/anchors' }).auditAnchors.file).toBe(
      '/elsewhere/anchors',
    );
  });

  it('sends mail only with a server and a sender', () => {
    const [SMTP_URL, MAIL_FROM] = ['smtp://me:pw@mail.example.com:587', 'Keyward <keyward@example.com>'];
    expect(envOf({ SMTP_URL, MAIL_FROM }).mail).toEqual({ smtpUrl: SMTP_URL, from: MAIL_FROM });
    expect(faultsOf({ SMTP_URL })).toEqual([['MAIL_FROM', 'is not set, but SMTP_URL is']]);
    expect(faultsOf({ MAIL_FROM })).toEqual([['SMTP_URL', 'is not set, but MAIL_FROM is']]);
    expect(faultsOf({ SMTP_URL: 'mail.example.com', MAIL_FROM }).map(([name]) => name)).toEqual(['SMTP_URL']);
    expect(faultsOf({ SMTP_URL, MAIL_FROM: 'Keyward' }).map(([name]) => name)).toEqual(['MAIL_FROM']);
  });

  it('reads single sign-on with its role map, and rejects a role that does not exist', () => {
    const oidc = {
      OIDC_ISSUER: 'https://login.example.com',
      OIDC_CLIENT_ID: 'keyward',
      OIDC_CLIENT_SECRET: 'hush',
      OIDC_ROLE_CLAIM: 'groups',
      OIDC_ROLE_MAP: '{"platform":"admin"}',
    };
    expect(envOf(oidc).oidc).toEqual({
      issuer: 'https://login.example.com',
      clientId: 'keyward',
      clientSecret: 'hush',
      name: 'Single sign-on',
      roleClaim: 'groups',
      roleMap: { platform: 'admin' },
    });
    const names = (changes: EnvSource) => faultsOf({ ...oidc, ...changes }).map(([name]) => name);
    expect(names({ OIDC_ROLE_MAP: '{"platform":"owner"}' })).toEqual(['OIDC_ROLE_MAP']);
    expect(names({ OIDC_ROLE_MAP: 'platform' })).toEqual(['OIDC_ROLE_MAP']);
    expect(names({ OIDC_ROLE_MAP: undefined })).toEqual(['OIDC_ROLE_MAP']);
    expect(names({ OIDC_ISSUER: 'http://login.example.com' })).toEqual(['OIDC_ISSUER']);
  });
});

describe('formatFaults', () => {
  it('says what is wrong and what to do, without any value', () => {
    const parsed = parseEnv({ ...working, KEYWARD_MASTER_KEY: 'my-secret-by-mistake' });
    const text = parsed.ok ? '' : formatFaults(parsed.faults);
    expect(text).toContain('1 setting needs attention');
    expect(text).toContain('KEYWARD_MASTER_KEY: the master key is not 32 bytes in base64.');
    expect(text).toContain('openssl rand -base64 32');
    expect(text).not.toContain('my-secret-by-mistake');
  });
});

describe('.env.example', () => {
  it('names exactly the settings that are read', () => {
    const text = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
    const names = [...text.matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]);
    expect(names.toSorted()).toEqual([...settingNames].toSorted());
  });
});

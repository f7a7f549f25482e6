import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createMasterKeyFile,
  loadMasterKey,
  MasterKeyError,
  masterKeyId,
  parseMasterKey,
} from './master-key';
import { PrivateFileError } from './private-file';

const bytes = Buffer.from(Array.from({ length: 32 }, (_, index) => 250 - index));

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyward-master-key-'));
  file = join(folder, 'master.key');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('parseMasterKey', () => {
  it('reads base64 and base64url, padded or not', () => {
    expect(parseMasterKey(bytes.toString('base64'))).toEqual(bytes);
    expect(parseMasterKey(` ${bytes.toString('base64').replace('=', '')}\n`)).toEqual(bytes);
    expect(parseMasterKey(bytes.toString('base64url'))).toEqual(bytes);
  });

  it.each([
    ['31 bytes', bytes.subarray(1).toString('base64')],
    ['33 bytes', Buffer.concat([bytes, bytes.subarray(0, 1)]).toString('base64')],
    ['hexadecimal', bytes.toString('hex')],
    ['zeros', Buffer.alloc(32).toString('base64')],
    ['nothing', ''],
  ])('rejects %s without repeating it', (_name, text) => {
    expect(() => parseMasterKey(text)).toThrow(MasterKeyError);
    if (text !== '') expect(() => parseMasterKey(text)).not.toThrow(text);
  });
});

describe('the master key file', () => {
  it('is made once, for its owner alone, and never overwritten', () => {
    expect(createMasterKeyFile(file)).toBe(true);
    const text = readFileSync(file, 'utf8');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(createMasterKeyFile(file)).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe(text);
    expect(loadMasterKey({ file })).toEqual(parseMasterKey(text));
  });

  it.each([0o640, 0o604, 0o660, 0o644])('is refused with mode %o', (mode) => {
    createMasterKeyFile(file);
    chmodSync(file, mode);
    expect(() => loadMasterKey({ file })).toThrow(PrivateFileError);
  });

  it('is refused when missing or a folder', () => {
    expect(() => loadMasterKey({ file })).toThrow('does not exist');
    mkdirSync(file, { mode: 0o700 });
    expect(() => loadMasterKey({ file })).toThrow('is not a file');
  });

  it('yields to a key given as text', () => {
    writeFileSync(file, 'unused', { mode: 0o600 });
    expect(loadMasterKey({ text: bytes.toString('base64'), file })).toEqual(bytes);
  });
});

describe('masterKeyId', () => {
  it('is eight hex digits that differ from key to key', () => {
    expect(masterKeyId(bytes)).toMatch(/^[0-9a-f]{8}$/);
    expect(masterKeyId(bytes)).not.toBe(masterKeyId(Buffer.from(bytes).fill(1, 0, 1)));
  });
});

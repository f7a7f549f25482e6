import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isNodeRecentEnough } from './node-version.mjs';
import { findAnyPort, findPort, isPortFree } from './ports.mjs';
import { keepSecret, readJson, writePrivateJson } from './secrets.mjs';
import { hashTree } from './tree-hash.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyward-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('Node', () => {
  test.each([
    ['18.20.0', false],
    ['20.18.9', false],
    ['20.19.0', true],
    ['20.20.2', true],
    ['22.0.0', true],
    ['v24.1.0', true],
  ])('%s is recent enough: %s', (version, isEnough) => {
    expect(isNodeRecentEnough(version)).toBe(isEnough);
  });
});

describe('a port', () => {
  test('that another process has is passed over, and so is one given away already', async () => {
    const server = createServer();
    const port = await findAnyPort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const taken = new Set<number>();
    expect(await isPortFree(port)).toBe(false);
    const first = await findPort(port, { taken });
    const second = await findPort(port, { taken });
    expect(first).toBeGreaterThan(port);
    expect(second).toBeGreaterThan(first);
    await new Promise((resolve) => server.close(resolve));
    expect(await findPort(port)).toBe(port);
  });
});

describe('a secret', () => {
  test('is made once, and only its owner reads it', () => {
    const path = join(folder, 'kept', 'master.key');
    const made = keepSecret(path);
    expect(Buffer.from(made, 'base64')).toHaveLength(32);
    expect(keepSecret(path)).toBe(made);
    expect([modeOf(path), modeOf(join(folder, 'kept'))]).toEqual(['600', '700']);
  });

  test('in a file with other rights is closed again', () => {
    const path = join(folder, 'session.secret');
    writeFileSync(path, 'given\n', { mode: 0o644 });
    expect(keepSecret(path)).toBe('given');
    expect(modeOf(path)).toBe('600');
  });

  test('among others in JSON survives, and a cut-off file counts as none', () => {
    const path = join(folder, 'sample.json');
    writePrivateJson(path, { accounts: ['a'] });
    expect(readJson(path)).toEqual({ accounts: ['a'] });
    expect(modeOf(path)).toBe('600');
    writeFileSync(path, '{"accounts": [');
    expect(readJson(path)).toBeNull();
  });
});

describe('the hash of sources', () => {
  test('changes with a content, a name, and a file that comes; not with what is skipped', () => {
    mkdirSync(join(folder, 'lib'));
    writeFileSync(join(folder, 'lib/a.ts'), 'one');
    const hash = () =>
      hashTree(folder, ['lib', 'proxy.ts'], { isSkipped: (path) => path.endsWith('.test.ts') });
    const seen = [hash()];
    writeFileSync(join(folder, 'lib/a.test.ts'), 'test');
    expect(hash()).toBe(seen[0]);
    for (const [name, text] of [
      ['lib/a.ts', 'two'],
      ['lib/b.ts', ''],
      ['proxy.ts', ''],
    ] as const) {
      writeFileSync(join(folder, name), text);
      seen.push(hash());
    }
    expect(new Set(seen).size).toBe(4);
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Supervisor } from './supervisor.mjs';

const parent = `
  const { spawn } = require('node:child_process');
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  console.log(child.pid);
  setInterval(() => {}, 1000);
`;

let folder: string;
let supervisor: InstanceType<typeof Supervisor>;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyward-supervisor-'));
  supervisor = new Supervisor();
});
afterEach(async () => {
  await supervisor.stopAll();
  rmSync(folder, { recursive: true, force: true });
});

/** An ended process that nobody has waited for yet is a zombie: it is gone, too. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function startAndRead(args: string[]) {
  let tell: (line: string) => void = () => {};
  const firstLine = new Promise<string>((resolve) => {
    tell = resolve;
  });
  const child = supervisor.start('The server', process.execPath, args, {
    isStdinHeld: true,
    onLine: (line) => tell(line),
  });
  return { child, firstLine };
}

describe('the supervisor', () => {
  test('ends a process and what that one started', async () => {
    const { child, firstLine } = startAndRead(['-e', parent]);
    const grandchild = Number(await firstLine);
    expect([isAlive(child.pid), isAlive(grandchild)]).toEqual([true, true]);
    await supervisor.stopAll();
    await expect.poll(() => [isAlive(child.pid), isAlive(grandchild)]).toEqual([false, false]);
  });

  test('tells of a process that ended by itself, with the end of its output', async () => {
    const { child } = startAndRead(['-e', "console.error('no such table'); process.exitCode = 4"]);
    await expect(supervisor.guard(child, 'See its log.')).rejects.toMatchObject({
      message: 'The server ended unexpectedly (exit code 4). See its log.',
      details: ['no such table'],
    });
  });

  test('says so when a command cannot be found or fails', async () => {
    await expect(supervisor.run('The tool', join(folder, 'missing'), [])).rejects.toThrow(
      'The tool failed (exit code 127).',
    );
    await expect(supervisor.run('The tool', process.execPath, ['-e', 'process.exit(2)'])).rejects.toThrow(
      'exit code 2',
    );
  });

  test('keeps a log that only its owner reads', async () => {
    const logFile = join(folder, 'logs', 'tool.log');
    await supervisor.run('The tool', process.execPath, ['-e', "console.log('done')"], { logFile });
    await expect.poll(() => readFileSync(logFile, 'utf8')).toBe('done\n');
  });

  test('starts nothing any more once everything is ending', async () => {
    await supervisor.stopAll();
    expect(() => supervisor.start('The server', process.execPath, ['-e', ''])).toThrow(
      'everything is ending',
    );
  });
});

describe('a server with the preload', () => {
  test('ends when the script that holds its standard input is killed', async () => {
    const preload = join(import.meta.dirname, 'end-with-parent.mjs');
    const script = join(folder, 'script.mjs');
    const server = `['--import', ${JSON.stringify(preload)}, '-e', 'console.log(process.pid); setInterval(() => {}, 1000)']`;
    writeFileSync(
      script,
      `import { spawn } from 'node:child_process';
       const server = spawn(process.execPath, ${server}, { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
       server.stdout.pipe(process.stdout);`,
    );
    const { child, firstLine } = startAndRead([script]);
    const pid = Number(await firstLine);
    expect(isAlive(pid)).toBe(true);
    process.kill(child.pid, 'SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 5_000 }).toBe(false);
  });
});

import { fstatSync } from 'node:fs';

// Preloaded into servers that a script starts: they hold a pipe from it as standard input, and end when it closes,
// which it does even when the script is killed and can end nothing itself.
const stdin = fstatSync(0, { throwIfNoEntry: false });
if (stdin?.isSocket() || stdin?.isFIFO()) {
  process.stdin.once('end', () => process.kill(process.pid, 'SIGTERM'));
  process.stdin.once('error', () => process.kill(process.pid, 'SIGTERM'));
  process.stdin.resume();
  process.stdin.unref();
}

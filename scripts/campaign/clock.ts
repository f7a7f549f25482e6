import { openSync, readSync, writeSync } from 'node:fs';

// All processes of a campaign read one file for how wrong their clocks stand: a jump reaches all at the same moment,
// as it would on one machine, and not whenever each comes round to a message.

const BYTES = 8;

/** What `now` of the instance with this index must add to the wall clock, in milliseconds. */
export function readClock(file: string, index: number): () => number {
  const handle = openSync(file, 'r');
  return () => {
    const bytes = Buffer.alloc(BYTES * (index + 1));
    const length = readSync(handle, bytes, 0, bytes.length, 0);
    return length < bytes.length ? 0 : bytes.readDoubleLE(BYTES * index);
  };
}

/** The clocks of so many instances; `set` moves all, or one when `index` is given. */
export function openClocks(file: string, count: number): (offsetMs: number, index?: number) => void {
  const handle = openSync(file, 'w+', 0o600);
  const set = (offsetMs: number, index?: number) => {
    const bytes = Buffer.alloc(BYTES * (index === undefined ? count : 1));
    for (let at = 0; at < bytes.length; at += BYTES) bytes.writeDoubleLE(offsetMs, at);
    writeSync(handle, bytes, 0, bytes.length, BYTES * (index ?? 0));
  };
  set(0);
  return set;
}

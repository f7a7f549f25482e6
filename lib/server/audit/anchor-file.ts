import 'server-only';
import {
  closeSync,
  createReadStream,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** A row and its hash at a moment. `restore`: a backup was restored, and rows behind this one are gone on purpose. */
export const anchorSchema = z.object({
  kind: z.enum(['anchor', 'restore']),
  seq: z.int().positive(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  at: z.iso.datetime(),
});
export type Anchor = z.infer<typeof anchorSchema>;

/** Longer than any line of the file. */
const TAIL_BYTES = 4_096;

function parseAnchor(line: string): Anchor | null {
  try {
    return anchorSchema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

/** The end of the file, and whether its last line is whole; a power cut may have torn it. */
function readTail(path: string): { readonly text: string; readonly isWhole: boolean } {
  if (!existsSync(/* turbopackIgnore: true */ path)) return { text: '', isWhole: true };
  const file = openSync(/* turbopackIgnore: true */ path, 'r');
  try {
    const { size } = fstatSync(file);
    const length = Math.min(size, TAIL_BYTES);
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, size - length);
    const text = bytes.toString('utf8');
    return { text, isWhole: text === '' || text.endsWith('\n') };
  } finally {
    closeSync(file);
  }
}

/** The newest anchor of a file; null when there is none. Throws what the file system throws. */
export function readLastAnchor(path: string): Anchor | null {
  const lines = readTail(path).text.split('\n').reverse();
  for (const line of lines) {
    const anchor = parseAnchor(line);
    if (anchor) return anchor;
  }
  return null;
}

/** Adds a line and flushes it to disk; the file is made with mode 0600. Throws what the file system throws. */
export function appendAnchor(path: string, anchor: Anchor): void {
  mkdirSync(/* turbopackIgnore: true */ dirname(path), { recursive: true, mode: 0o700 });
  const { isWhole } = readTail(path);
  const file = openSync(/* turbopackIgnore: true */ path, 'a', 0o600);
  try {
    writeSync(file, `${isWhole ? '' : '\n'}${JSON.stringify(anchor)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

export type AnchorFile = {
  readonly anchors: readonly Anchor[];
  /** Lines that are no anchors, by number from 1. */
  readonly unreadable: readonly number[];
};

/** All anchors of a file in their order. Throws what the file system throws. */
export async function readAnchorFile(path: string): Promise<AnchorFile> {
  const anchors: Anchor[] = [];
  const unreadable: number[] = [];
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(/* turbopackIgnore: true */ path) })) {
    number += 1;
    if (line.trim() === '') continue;
    const anchor = parseAnchor(line);
    if (anchor) anchors.push(anchor);
    else unreadable.push(number);
  }
  return { anchors, unreadable };
}

/** What still must be true of the chain: a restore sets aside the anchors of rows that came after its backup. */
export function anchorsInForce(anchors: readonly Anchor[]): readonly Anchor[] {
  let inForce: Anchor[] = [];
  for (const anchor of anchors) {
    if (anchor.kind === 'restore') inForce = inForce.filter(({ seq }) => seq < anchor.seq);
    inForce.push(anchor);
  }
  return inForce;
}

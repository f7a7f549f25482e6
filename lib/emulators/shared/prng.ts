import { createHash } from 'node:crypto';

/** A seeded generator: the same seed gives the same sequence on every machine. Not for secrets of real use. */
export interface Prng {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number between both bounds, both included. */
  int(min: number, maxInclusive: number): number;
  pick<T>(list: readonly T[]): T;
  /** An independent generator that depends on this one's seed and the label only, not on what was drawn. */
  fork(label: string): Prng;
  /** `n` lowercase hexadecimal digits. */
  hex(n: number): string;
  /** A UUID of version 4. */
  uuid(): string;
}

/** A 32-bit hash of a text (FNV-1a with a final mix). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return mix32(hash);
}

/** Two 32-bit numbers mixed into one, evenly enough for traffic patterns. */
export function mixTwo(a: number, b: number): number {
  return mix32(Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ mix32(b + 0x7f4a7c15));
}

/** A number in [0, 1) from two 32-bit numbers. */
export function unitOf(a: number, b: number): number {
  return mixTwo(a, b) / 0x1_0000_0000;
}

function mix32(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x21f0aaad);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** SHA-256 of a text as 64 lowercase hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function createPrng(seed: number | string): Prng {
  const root = hashText(String(seed));
  let state = root;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const int = (min: number, maxInclusive: number): number =>
    min + Math.floor(next() * (maxInclusive - min + 1));
  const hex = (n: number): string => {
    let text = '';
    while (text.length < n) text += int(0, 15).toString(16);
    return text;
  };
  return {
    next,
    int,
    pick: <T>(list: readonly T[]): T => {
      const chosen = list[int(0, list.length - 1)];
      if (chosen === undefined) throw new RangeError('cannot pick from an empty list');
      return chosen;
    },
    fork: (label) => createPrng(`${seed}/${label}`),
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[int(0, 3)]}${hex(3)}-${hex(12)}`,
  };
}

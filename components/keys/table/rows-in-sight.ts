import { HEADER_HEIGHT, ROW_HEIGHT } from './grid-columns';

/** The first row in sight, and how many there is room for. */
export type Sight = { readonly at: number; readonly fit: number };

const BEYOND = 4;
/** At the top, where one types, rows are only drawn ahead below. */
const BEYOND_AT_TOP = 1;

/** What a box of this height shows when it is scrolled so far, its heading staying; all in pixels. */
export function sightOf(scrollTop: number, height: number): Sight {
  const at = Math.max(0, Math.floor(scrollTop / ROW_HEIGHT));
  return { at, fit: Math.max(1, Math.ceil((height - HEADER_HEIGHT) / ROW_HEIGHT)) };
}

/** The places of the rows to draw, in order: those in sight, a few beyond, and `keptAt` wherever it is. */
export function rowsToDraw({ at, fit }: Sight, count: number, keptAt: number): number[] {
  const top = Math.min(at, Math.max(0, count - fit));
  const first = Math.max(0, top - BEYOND);
  const last = Math.min(count, top + fit + (top === 0 ? BEYOND_AT_TOP : BEYOND));
  const drawn = Array.from({ length: last - first }, (_, index) => first + index);
  if (keptAt < 0 || keptAt >= count) return drawn;
  if (keptAt < first) return [keptAt, ...drawn];
  return keptAt < last ? drawn : [...drawn, keptAt];
}

/** Where to scroll so that a row is in sight, moving as little as can be. */
export function scrollTopFor(index: number, scrollTop: number, height: number): number {
  const top = index * ROW_HEIGHT;
  const room = height - HEADER_HEIGHT;
  if (top < scrollTop) return top;
  return top + ROW_HEIGHT > scrollTop + room ? top + ROW_HEIGHT - room : scrollTop;
}

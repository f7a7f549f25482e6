/** So many rows an answer holds at most (OpenRouter docs); one that would hold more is cut off. */
export const MAX_ROWS = 10_000;
/** Aimed at, so that a busier day than the last ones still fits. */
const AIMED_ROWS = 8_000;
/** The longest list of keys in one question; the vendor publishes no number. */
const MAX_KEYS = 2_000;
/** Models that a key uses on a day, before anything is known. */
const FIRST_DENSITY = 3;
/** Quiet days are forgotten slowly: after a weekend comes a Monday. */
const FORGETTING = 0.9;
const LEAST_DENSITY = 0.1;

export type QuerySize = { readonly keys: number; readonly days: number };

/** How large questions to analytics should be; learns from the answers of one account. */
export type AnalyticsSizing = {
  /** The largest questions that ask for so many keys and days in the fewest calls. */
  readonly sizeFor: (keys: number, days: number) => QuerySize;
  /** Days that one question about so many keys may span. */
  readonly daysFor: (keys: number) => number;
  readonly learn: (asked: QuerySize, rows: number) => void;
  /** A question about so many keys was refused as such. */
  readonly learnRefusal: (keys: number) => void;
};

/** Calls are what is scarce: 64 a minute (OpenRouter docs). */
export function createAnalyticsSizing(): AnalyticsSizing {
  let density = FIRST_DENSITY;
  let maxKeys = MAX_KEYS;
  const daysFor = (keys: number) => Math.max(1, Math.floor(AIMED_ROWS / (keys * density)));
  const keysFor = (days: number) => Math.max(1, Math.min(maxKeys, Math.floor(AIMED_ROWS / (days * density))));
  return {
    daysFor,
    sizeFor(keys, days) {
      let best: QuerySize & { readonly calls: number } = {
        keys: 1,
        days: 1,
        calls: Number.POSITIVE_INFINITY,
      };
      for (let parts = 1; parts <= days; parts += 1) {
        const size = Math.ceil(days / parts);
        const share = keysFor(size);
        const calls = Math.ceil(keys / share) * parts;
        if (calls < best.calls) best = { keys: share, days: size, calls };
      }
      return { keys: best.keys, days: best.days };
    },
    learn({ keys, days }, rows) {
      density = Math.max(LEAST_DENSITY, rows / (keys * days), density * FORGETTING);
    },
    learnRefusal(keys) {
      maxKeys = Math.max(1, Math.min(maxKeys, Math.ceil(keys / 2)));
    },
  };
}

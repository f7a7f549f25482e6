/** Whole nano-dollars: one US dollar is 1,000,000,000. */
export type Nano = bigint;

export const NANO_PER_USD = 1_000_000_000n;

/** A decimal text without trailing zeros, e.g. `63.545944565`, `-0.5`, `0`. */
export function nanoToDecimalString(nano: Nano): string {
  const sign = nano < 0n ? '-' : '';
  const size = nano < 0n ? -nano : nano;
  const fraction = (size % NANO_PER_USD).toString().padStart(9, '0').replace(/0+$/, '');
  return `${sign}${size / NANO_PER_USD}${fraction === '' ? '' : `.${fraction}`}`;
}

/** US dollars as the nearest double: what a JSON number carries. */
export function nanoToNumber(nano: Nano): number {
  return Number(nanoToDecimalString(nano));
}

/** US dollars to nano-dollars, rounded half away from zero at the tenth decimal; throws on what is no amount. */
export function parseNano(usd: number | string): Nano {
  const text = typeof usd === 'number' ? plainText(usd) : usd.trim();
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new RangeError(`not an amount: ${text}`);
  const [, sign, whole = '0', fraction = ''] = match;
  const kept = BigInt(whole) * NANO_PER_USD + BigInt(fraction.slice(0, 9).padEnd(9, '0'));
  const size = kept + (Number(fraction[9] ?? '0') >= 5 ? 1n : 0n);
  return sign === '-' ? -size : size;
}

function plainText(usd: number): string {
  const text = String(usd);
  return text.includes('e') ? usd.toFixed(10) : text;
}

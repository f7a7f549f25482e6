import { Big } from 'big.js';

/**
 * An exact amount of US dollars as a canonical decimal string: no exponent, no leading `+`,
 * no trailing zeros after the point. Serialises as it is; never a float.
 */
export type Usd = string & { readonly __brand: 'Usd' };

/** Text that is canonical already, as most is: a table of 10,000 keys reads 50,000 of them. */
const CANONICAL = /^(0|-?([1-9]\d*|(0|[1-9]\d*)\.\d*[1-9]))$/;
/** Every whole number of so many digits is exact. */
const MOST_EXACT_DIGITS = 15;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function canonical(value: Big): Usd {
  const text = value.toFixed();
  return (text === '-0' ? '0' : text) as Usd;
}

/** Reads a number or decimal text as dollars; null when it is neither finite nor decimal. */
export function parseUsd(value: unknown): Usd | null {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return null;
    // Without an exponent a number's own text is canonical already, and four times as fast.
    const plain = String(value);
    return plain.includes('e') ? canonical(new Big(value)) : (plain as Usd);
  }
  if (typeof value !== 'string') return null;
  if (CANONICAL.test(value)) return value as Usd;
  const text = value.trim();
  // big.js takes no leading plus.
  return DECIMAL.test(text) ? canonical(new Big(text.replace(/^\+/, ''))) : null;
}

/** Like `parseUsd`, but throws a `RangeError` on anything that is not an amount. */
export function usd(value: number | string): Usd {
  const parsed = parseUsd(value);
  if (parsed === null) throw new RangeError('not an amount of dollars');
  return parsed;
}

export const ZERO_USD = usd(0);

export function addUsd(...amounts: readonly Usd[]): Usd {
  return sumUsd(amounts);
}

/** The sum of any number of amounts. */
export function sumUsd(amounts: readonly Usd[]): Usd {
  return canonical(amounts.reduce((sum, amount) => sum.plus(amount), new Big(0)));
}

export function subtractUsd(from: Usd, amount: Usd): Usd {
  return subtractShort(from, amount) ?? canonical(new Big(from).minus(amount));
}

/** A table subtracts twice a row, nearly always figures short enough to be exact as whole numbers of their last decimal. */
function subtractShort(from: Usd, amount: Usd): Usd | null {
  const scale = Math.max(decimalsOf(from), decimalsOf(amount));
  const units = toUnits(from, scale) - toUnits(amount, scale);
  if (!Number.isSafeInteger(units)) return null;
  if (units === 0) return ZERO_USD;
  const digits = String(Math.abs(units)).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const decimals = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${units < 0 ? '-' : ''}${whole}${decimals === '' ? '' : `.${decimals}`}` as Usd;
}

function decimalsOf(amount: Usd): number {
  const point = amount.indexOf('.');
  return point < 0 ? 0 : amount.length - point - 1;
}

/** The amount as a whole number of its `scale`th decimal; not a number where that would not be exact. */
function toUnits(amount: Usd, scale: number): number {
  const decimals = decimalsOf(amount);
  if (amount.length + scale - decimals > MOST_EXACT_DIGITS) return Number.NaN;
  const digits = decimals === 0 ? amount : amount.slice(0, -decimals - 1) + amount.slice(-decimals);
  return Number(digits + '0'.repeat(scale - decimals));
}

/** Multiplies by a plain factor; exact for decimal factors. */
export function multiplyUsd(amount: Usd, factor: number | string): Usd {
  return canonical(new Big(amount).times(factor));
}

/** −1, 0 or 1, as `Array.sort` wants it. */
export function compareUsd(a: Usd, b: Usd): -1 | 0 | 1 {
  return new Big(a).cmp(b);
}

export function isPositiveUsd(amount: Usd): boolean {
  return new Big(amount).gt(0);
}

export function maxUsd(a: Usd, b: Usd): Usd {
  return compareUsd(a, b) >= 0 ? a : b;
}

/** Rounds half up to `digits` decimals, for what is sent to a person or typed into a form. */
export function roundUsd(amount: Usd, digits = 2): Usd {
  return canonical(new Big(amount).round(digits, Big.roundHalfUp));
}

/** The share `part / whole` as a plain number for drawing; null when the whole is zero or less. */
export function ratioUsd(part: Usd, whole: Usd): number | null {
  const base = new Big(whole);
  return base.lte(0) ? null : new Big(part).div(base).toNumber();
}

/** For drawing and sorting only; arithmetic stays with `Usd`. */
export function usdToNumber(amount: Usd): number {
  return Number(amount);
}

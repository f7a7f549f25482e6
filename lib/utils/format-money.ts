import Big from 'big.js';
import { MINUS } from './format-number';

interface UsdOptions {
  /** Decimals drawn; rounding is half up, away from zero for negative amounts. */
  digits?: number;
  /** Writes `+` before a positive amount, for differences. */
  signed?: boolean;
}

function group(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ',');
}

function toText(fixed: string, signed: boolean): string {
  const isNegative = fixed.startsWith('-') && /[1-9]/.test(fixed);
  const [whole = '0', fraction] = fixed.replace('-', '').split('.');
  const digits = fraction === undefined ? group(whole) : `${group(whole)}.${fraction}`;
  const plus = signed && /[1-9]/.test(fixed) ? '+' : '';
  return `${isNegative ? MINUS : plus}$${digits}`;
}

/**
 * US dollars from an exact decimal string: `"18204.605"` is `$18,204.61`. No floating point on the way.
 * Throws on text that is no decimal number.
 */
export function formatUsd(amount: string, { digits = 2, signed = false }: UsdOptions = {}): string {
  return toText(new Big(amount).toFixed(digits, Big.roundHalfUp), signed);
}

/** For sentences and limits: `$380` when whole, else at least cents and at most six decimals: `$0.0025`. */
export function formatUsdShort(amount: string): string {
  const rounded = new Big(amount).round(6, Big.roundHalfUp);
  const decimals = rounded.toFixed().split('.')[1]?.length ?? 0;
  return toText(rounded.toFixed(decimals === 0 ? 0 : Math.max(2, decimals)), false);
}

const STEPS = [
  { from: '1000000000', suffix: 'B' },
  { from: '1000000', suffix: 'M' },
  { from: '1000', suffix: 'K' },
] as const;

/** For axes and tight places: `$18.2K`, `$1.3M`; under a thousand whole dollars, under ten with cents. */
export function formatUsdCompact(amount: string): string {
  const value = new Big(amount);
  const size = value.abs();
  for (const [index, { from, suffix }] of STEPS.entries()) {
    if (size.lt(from)) continue;
    const scaled = value.div(from).round(1, Big.roundHalfUp);
    const bigger = STEPS[index - 1];
    if (scaled.abs().gte(1000) && bigger)
      return `${toText(scaled.div(1000).toFixed(0), false)}${bigger.suffix}`;
    return `${toText(scaled.toFixed(), false)}${suffix}`;
  }
  if (size.eq(0)) return '$0';
  if (size.gte('999.5')) return `${toText(value.div(1000).toFixed(0, Big.roundHalfUp), false)}K`;
  return toText(value.toFixed(size.lt(10) ? 2 : 0, Big.roundHalfUp), false);
}

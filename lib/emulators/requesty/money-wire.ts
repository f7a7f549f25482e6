import { type Nano, nanoToDecimalString, nanoToNumber, parseNano } from '../shared/money';
import { badRequest } from './errors';
import type { JsonBody } from './request-body';
import type { RequestySwitches } from './switches';

type WireMoney = string | number | null | undefined;

/** Key money: documented as a decimal number, really a JSON string such as `"63.545944565"`. */
export function keyMoney(amount: Nano, switches: RequestySwitches): WireMoney {
  if (amount === 0n && switches.zeroKeyMoney === 'null') return null;
  if (amount === 0n && switches.zeroKeyMoney === 'absent') return undefined;
  return switches.keyMoney === 'string' ? nanoToDecimalString(amount) : nanoToNumber(amount);
}

/** Group and member money: JSON numbers, `null` (or, by switch, nothing) where there is none. */
export function groupMoney(amount: Nano | null, switches: RequestySwitches): WireMoney {
  if (amount === null) return switches.groupNulls === 'null' ? null : undefined;
  return switches.groupMoney === 'string' ? nanoToDecimalString(amount) : nanoToNumber(amount);
}

export function stringOrNumber(amount: Nano, form: 'string' | 'number'): string | number {
  return form === 'string' ? nanoToDecimalString(amount) : nanoToNumber(amount);
}

/** A limit as a number or a numeric string; `null` when absent. Throws a 400. */
export function optionalMoney(body: JsonBody, field: string, switches: RequestySwitches): Nano | null {
  const value = body[field];
  if (value === undefined || value === null) return null;
  const amount = parseAmount(value, field);
  if (amount < 0n && switches.negativeLimits === 'rejected')
    throw badRequest(`${field} must not be negative`);
  return amount;
}

export function requireMoney(body: JsonBody, field: string, switches: RequestySwitches): Nano {
  const amount = optionalMoney(body, field, switches);
  if (amount === null) throw badRequest(`${field} is required`);
  return amount;
}

function parseAmount(value: unknown, field: string): Nano {
  if (typeof value !== 'number' && typeof value !== 'string') throw badRequest(`${field} must be a decimal`);
  try {
    return parseNano(value);
  } catch (error) {
    if (error instanceof RangeError) throw badRequest(`${field} must be a decimal`);
    throw error;
  }
}

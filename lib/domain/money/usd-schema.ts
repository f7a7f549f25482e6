import { z } from 'zod';
import { parseUsd, type Usd } from './usd';

/** Accepts a number or a decimal text at a border and yields exact dollars. */
export const usdSchema = z.union([z.number(), z.string()]).transform((value, context): Usd => {
  const parsed = parseUsd(value);
  if (parsed === null) {
    context.addIssue({ code: 'custom', message: 'Enter an amount in dollars, like 380 or 12.50.' });
    return z.NEVER;
  }
  return parsed;
});

/** What a person types into a money field: `$1,250.50` and `1250.5` are the same amount. */
export const typedUsdSchema = z
  .string()
  .trim()
  .transform((text, context): Usd => {
    const bare = text.replace(/^\$/, '').replace(/,(?=\d{3}(\D|$))/g, '');
    const parsed = /^\d+(\.\d+)?$/.test(bare) ? parseUsd(bare) : null;
    if (parsed === null) {
      context.addIssue({ code: 'custom', message: 'Enter an amount in dollars, like 380 or 12.50.' });
      return z.NEVER;
    }
    return parsed;
  });

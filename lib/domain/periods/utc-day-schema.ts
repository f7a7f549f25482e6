import { z } from 'zod';
import { parseUtcDay, type UtcDay } from './utc-day';

/** A UTC day at a border, exactly `YYYY-MM-DD`. */
export const utcDaySchema = z.string().transform((text, context): UtcDay => {
  const day = text.length === 10 ? parseUtcDay(text) : null;
  if (day === null) {
    context.addIssue({ code: 'custom', message: 'Give a day as YYYY-MM-DD.' });
    return z.NEVER;
  }
  return day;
});

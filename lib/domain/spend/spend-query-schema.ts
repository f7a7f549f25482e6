import { z } from 'zod';
import { daysBetween } from '../periods/utc-day';
import { utcDaySchema } from '../periods/utc-day-schema';
import { LONGEST_RANGE_DAYS, parseIds, type SpendQuery, spendDimensions } from './spend-query';

export const spendQuerySchema = z
  .object({
    from: utcDaySchema,
    to: utcDaySchema,
    by: z.enum(spendDimensions),
    connection: z.string().max(2000).optional(),
    team: z.string().max(2000).optional(),
  })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'The last day lies before the first.' })
  .refine(({ from, to }) => daysBetween(from, to) < LONGEST_RANGE_DAYS, {
    path: ['from'],
    message: `Choose at most ${LONGEST_RANGE_DAYS} days.`,
  })
  .transform(
    ({ from, to, by, connection, team }): SpendQuery => ({
      from,
      to,
      by,
      connections: parseIds(connection),
      teams: parseIds(team),
    }),
  );

import 'server-only';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Outcome } from '@/lib/domain/outcome';
import type { ServerContext } from '@/lib/server/context';
import { createServerContext } from '@/lib/server/runtime';
import { toOutcome } from '@/lib/server/to-outcome';

/** Like `runAction`, for the few acts of people who are not signed in yet: a one-time link is their right. */
export function runPublicAction<Schema extends z.ZodType, Result>(
  schema: Schema,
  input: unknown,
  verb: (context: ServerContext, input: z.output<Schema>) => Promise<Result>,
): Promise<Outcome<Result>> {
  const requestId = randomUUID();
  return toOutcome(requestId, async () => {
    const context = createServerContext({ kind: 'system', name: 'Sign-in' }, requestId);
    return verb(context, schema.parse(input));
  });
}

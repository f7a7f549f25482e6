import 'server-only';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { getActor } from '@/lib/auth/get-actor';
import type { Outcome } from '@/lib/domain/outcome';
import type { ServerContext } from '@/lib/server/context';
import { AppError } from '@/lib/server/errors';
import { createServerContext } from '@/lib/server/runtime';
import { toOutcome } from '@/lib/server/to-outcome';

/** Session to actor, parse, call the verb, map errors: what every server action does. */
export function runAction<Schema extends z.ZodType, Result>(
  schema: Schema,
  input: unknown,
  verb: (context: ServerContext, input: z.output<Schema>) => Promise<Result>,
): Promise<Outcome<Result>> {
  const requestId = randomUUID();
  return toOutcome(requestId, async () => {
    const actor = await getActor();
    if (!actor) throw new AppError('signed_out', 'Your session has ended. Sign in again to go on.');
    return verb(createServerContext(actor, requestId), schema.parse(input));
  });
}

import { randomUUID } from 'node:crypto';
import type { Database } from '@/lib/db/client';
import type { ServerContext } from '@/lib/server/context';
import { createOutbound } from '@/lib/utils/outbound';
import { Fault } from '../fault.mjs';

function refuse(): never {
  throw new Fault('This command calls no provider.');
}

/** The context of a command that works on the database alone: it has no master key and opens no provider. */
export function scriptContext(db: Database, name: string): ServerContext {
  return {
    actor: { kind: 'system', name },
    db,
    now: () => new Date(),
    requestId: randomUUID(),
    providers: {
      open: refuse,
      try: refuse,
      masterKey: Buffer.alloc(0),
      outbound: createOutbound({ isPrivateAllowed: false }),
    },
  };
}

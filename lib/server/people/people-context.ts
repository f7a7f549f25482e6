import 'server-only';
import type { UserActor } from '@/lib/domain/people/actor';
import type { Role } from '@/lib/domain/people/role';
import type { ServerContext } from '../context';
import { AppError } from '../errors';

/** For what happens before anybody is signed in: only the product itself may ask for it. */
export function requireSystem(context: ServerContext): void {
  if (context.actor.kind !== 'system') throw new AppError('forbidden', 'Only Keyward itself does this.');
}

type Person = { readonly id: string; readonly name: string; readonly email: string; readonly role: Role };

/** The same context with the person as the actor, for the audit rows of their own sign-in. */
export function asPerson(
  context: ServerContext,
  person: Person,
): ServerContext & { readonly actor: UserActor } {
  const { id, name, email, role } = person;
  return { ...context, actor: { kind: 'user', id, name, email, role, teamIds: [] } };
}

import 'server-only';
import {
  closedLinkWords,
  type HandOverAccess,
  type HandOverState,
  unknownLinkWords,
} from '@/lib/domain/hand-over/hand-over-state';
import { accountRule, addressRule } from '@/lib/domain/people/sign-in-throttle';
import { appendAudit } from '../audit/append-audit';
import { type ServerContext, withTransaction } from '../context';
import { AppError } from '../errors';
import { countTries, type TrySubject } from '../people/sign-in-tries';
import { auditSubjectOf, type LoadedHandOver } from './load-hand-over';

type RefusalCause = 'wrong_key' | Exclude<HandOverState, 'waiting'> | Exclude<HandOverAccess, 'open'>;

export type RefusedCollect = {
  readonly kind: 'refused';
  /** Null when there is no such hand-over. */
  readonly found: LoadedHandOver | null;
  readonly cause: RefusalCause;
};

type Try = { readonly handOverId: string; readonly address: string | null };

/** Counted only after a refusal: a key of 32 random bytes is not guessed, and who has the right one never waits. */
function subjectsOf(found: LoadedHandOver | null, { handOverId, address }: Try): readonly TrySubject[] {
  const byAddress = { subject: `pick-up-address:${address ?? 'unknown'}`, rule: addressRule };
  return found ? [{ subject: `hand-over:${handOverId}`, rule: accountRule }, byAddress] : [byAddress];
}

function refusalOf({ cause, found }: RefusedCollect): AppError {
  switch (cause) {
    case 'wrong_key':
      return new AppError('not_found', `${unknownLinkWords.title}. ${unknownLinkWords.text}`);
    case 'sign_in':
      return new AppError('signed_out', 'Sign in to reveal this secret.');
    case 'other_person':
      return new AppError(
        'forbidden',
        `This is meant for ${found?.recipientName ?? 'someone else'}. Nothing was revealed, and it still waits.`,
      );
    default:
      return new AppError('conflict', closedLinkWords[cause], { facts: { state: cause } });
  }
}

/** Counts and records a try that gets nothing, then throws what the person is told. */
export async function refuseCollect(
  context: ServerContext,
  refused: RefusedCollect,
  attempt: Try,
): Promise<never> {
  const wait = await countTries(context, subjectsOf(refused.found, attempt));
  if (wait > 0) {
    const seconds = Math.ceil(wait / 1_000);
    const words = seconds < 90 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
    throw new AppError('throttled', `Too many tries. Wait ${words}, then try again.`);
  }
  const { found, cause } = refused;
  if (found) {
    await withTransaction(context, (tx) =>
      appendAudit(tx, context, {
        action: 'hand_over.refuse',
        ...auditSubjectOf(found),
        after: { handOverId: found.handOver.id, cause, address: attempt.address },
        outcome: 'denied',
      }),
    );
  }
  throw refusalOf(refused);
}

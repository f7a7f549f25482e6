'use server';

import type { z } from 'zod';
import { getActor } from '@/lib/auth/get-actor';
import { getThrottledAddress } from '@/lib/auth/get-throttled-address';
import { runPublicAction } from '@/lib/auth/run-public-action';
import { pickUpUrl } from '@/lib/auth/sign-in-settings';
import {
  collectHandOverSchema,
  handOverNewKeySchema,
  listHandOversSchema,
  revokeHandOverSchema,
} from '@/lib/domain/hand-over/hand-over-input';
import type { HandedOverKey } from '@/lib/domain/hand-over/hand-over-view';
import type { Outcome } from '@/lib/domain/outcome';
import { collectHandOver } from '@/lib/server/hand-over/collect-hand-over';
import { confirmCollected } from '@/lib/server/hand-over/confirm-collected';
import { handOverNewKey } from '@/lib/server/hand-over/hand-over-new-key';
import { listHandOvers } from '@/lib/server/hand-over/list-hand-overs';
import { revokeHandOver } from '@/lib/server/hand-over/revoke-hand-over';
import { runAction } from './run-action';

export async function handOverNewKeyAction(
  input: z.input<typeof handOverNewKeySchema>,
): Promise<Outcome<HandedOverKey>> {
  return runAction(handOverNewKeySchema, input, async (context, wish) => {
    const { handOverId, linkKey, expiresAt, ...made } = await handOverNewKey(context, wish);
    return { ...made, url: pickUpUrl(handOverId, linkKey), expiresAt: expiresAt.toISOString() };
  });
}

/** For whoever holds a link, signed in or not. */
export async function collectHandOverAction(input: z.input<typeof collectHandOverSchema>) {
  return runPublicAction(collectHandOverSchema, input, async (context, wish) =>
    collectHandOver(context, { ...wish, viewer: await getActor(), address: await getThrottledAddress() }),
  );
}

/** For whoever holds a link that was just used. */
export async function confirmCollectedAction(input: z.input<typeof collectHandOverSchema>) {
  return runPublicAction(collectHandOverSchema, input, confirmCollected);
}

export async function revokeHandOverAction(input: z.input<typeof revokeHandOverSchema>) {
  return runAction(revokeHandOverSchema, input, revokeHandOver);
}

export async function listHandOversAction(input: z.input<typeof listHandOversSchema>) {
  return runAction(listHandOversSchema, input, listHandOvers);
}

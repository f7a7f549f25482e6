'use server';

import { z } from 'zod';
import { pickUpUrl } from '@/lib/auth/sign-in-settings';
import type { Outcome } from '@/lib/domain/outcome';
import {
  rotationPolicySchema,
  startRotationSchema,
  steerRotationSchema,
  waitLongerSchema,
} from '@/lib/domain/rotation/rotation-input';
import type { NewRotation } from '@/lib/domain/rotation/rotation-view';
import { previewRotation } from '@/lib/server/rotation/preview-rotation';
import { updateRotationPolicy } from '@/lib/server/rotation/rotation-policy';
import { startRotation } from '@/lib/server/rotation/start-rotation';
import { goBack, retireNow, waitLonger } from '@/lib/server/rotation/steer-rotation';
import { runAction } from './run-action';

export async function previewRotationAction(input: { keyId: number }) {
  return runAction(z.object({ keyId: z.int().positive() }), input, previewRotation);
}

export async function startRotationAction(
  input: z.input<typeof startRotationSchema>,
): Promise<Outcome<NewRotation>> {
  return runAction(startRotationSchema, input, async (context, wish) => {
    const started = await startRotation(context, wish);
    const { keyId, name, shortfalls } = started;
    if (started.kind === 'secret') {
      const { secret, changeId } = started;
      return { kind: 'secret', keyId, name, shortfalls, secret, changeId };
    }
    const url = pickUpUrl(started.handOverId, started.linkKey);
    return { kind: 'link', keyId, name, shortfalls, url, expiresAt: started.expiresAt.toISOString() };
  });
}

export async function waitLongerAction(input: z.input<typeof waitLongerSchema>) {
  return runAction(waitLongerSchema, input, waitLonger);
}

export async function retireNowAction(input: z.input<typeof steerRotationSchema>) {
  return runAction(steerRotationSchema, input, retireNow);
}

export async function goBackAction(input: z.input<typeof steerRotationSchema>) {
  return runAction(steerRotationSchema, input, goBack);
}

export async function updateRotationPolicyAction(input: z.input<typeof rotationPolicySchema>) {
  return runAction(rotationPolicySchema, input, updateRotationPolicy);
}

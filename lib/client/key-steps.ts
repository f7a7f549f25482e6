'use client';

import { setKeyDisabledAction, updateKeyLimitAction } from '@/lib/actions/keys';
import { assignKeysAction } from '@/lib/actions/teams';
import type { BulkStep } from '@/lib/domain/keys/bulk-plan';
import { unwrap } from './outcome';

/** One step of a bulk change through the ordinary action; throws `OutcomeFailure` when it did not happen. */
export async function runKeyStep(step: BulkStep, reason: string): Promise<void> {
  const keyId = step.row.id;
  switch (step.kind) {
    case 'limit': {
      const { limit, includeByokInLimit } = step.row;
      unwrap(
        await updateKeyLimitAction({ keyId, seen: { limit, includeByokInLimit }, limit: step.to, reason }),
      );
      return;
    }
    case 'disabled':
      unwrap(await setKeyDisabledAction({ keyId, isDisabled: step.to, reason }));
      return;
    case 'team':
      unwrap(await assignKeysAction({ keyIds: [keyId], teamId: step.to?.id ?? null, reason }));
  }
}

import { z } from 'zod';
import { previewBulkSchema } from '@/lib/domain/bulk/bulk-action';
import {
  changeIdSchema,
  decideLostCreateSchema,
  resolveIncidentSchema,
} from '@/lib/domain/changes/change-input';
import { adoptDriftSchema, ignoreDriftSchema, putBackDriftSchema } from '@/lib/domain/drift/drift-input';
import {
  collectHandOverSchema,
  handOverNewKeySchema,
  revokeHandOverSchema,
} from '@/lib/domain/hand-over/hand-over-input';
import {
  createKeySchema,
  deleteKeySchema,
  renameKeySchema,
  setKeyDisabledSchema,
  undoDeleteKeySchema,
  updateKeyExpirySchema,
  updateKeyLabelsSchema,
  updateKeyLimitSchema,
} from '@/lib/domain/keys/key-input';
import {
  endRaiseSchema,
  extendRaiseSchema,
  startRaiseSchema,
  updateBaseLimitSchema,
} from '@/lib/domain/raises/raise-input';
import {
  approveRequestSchema,
  requestIdSchema,
  requestWordsSchema,
  withdrawRequestSchema,
} from '@/lib/domain/requests/request-input';
import { updateRequestRulesSchema } from '@/lib/domain/requests/request-rules';
import { createRequestSchema } from '@/lib/domain/requests/request-wish';
import {
  startRotationSchema,
  steerRotationSchema,
  waitLongerSchema,
} from '@/lib/domain/rotation/rotation-input';
import { previewBulk } from '@/lib/server/bulk/preview-bulk';
import { startBulkRun } from '@/lib/server/bulk/start-bulk-run';
import { cancelBulkRun, pauseBulkRun, resumeBulkRun } from '@/lib/server/bulk/steer-bulk-run';
import { decideLostCreate } from '@/lib/server/changes/decide-lost-create';
import type { ServerContext } from '@/lib/server/context';
import { adoptDrift, ignoreDrift } from '@/lib/server/drift/decide-drift';
import { putBackDrift } from '@/lib/server/drift/put-back-drift';
import { collectHandOver } from '@/lib/server/hand-over/collect-hand-over';
import { confirmCollected } from '@/lib/server/hand-over/confirm-collected';
import { handOverNewKey } from '@/lib/server/hand-over/hand-over-new-key';
import { revokeHandOver } from '@/lib/server/hand-over/revoke-hand-over';
import { resolveIncident } from '@/lib/server/incidents/resolve-incident';
import { confirmSecret } from '@/lib/server/keys/confirm-secret';
import { createKey } from '@/lib/server/keys/create-key';
import { deleteKey } from '@/lib/server/keys/delete-key';
import { renameKey } from '@/lib/server/keys/rename-key';
import { setKeyDisabled } from '@/lib/server/keys/set-key-disabled';
import { undoDeleteKey } from '@/lib/server/keys/undo-delete-key';
import { updateKeyExpiry } from '@/lib/server/keys/update-key-expiry';
import { updateKeyLabels } from '@/lib/server/keys/update-key-labels';
import { updateKeyLimit } from '@/lib/server/keys/update-key-limit';
import { endRaiseNow } from '@/lib/server/raises/end-raise-now';
import { extendRaise } from '@/lib/server/raises/extend-raise';
import { startRaise } from '@/lib/server/raises/start-raise';
import { updateBaseLimit } from '@/lib/server/raises/update-base-limit';
import { readKeys } from '@/lib/server/reads/read-keys';
import { approveRequest } from '@/lib/server/requests/approve-request';
import { collectRequestSecret, confirmRequestSecret } from '@/lib/server/requests/collect-request-secret';
import { createRequest } from '@/lib/server/requests/create-request';
import { askBackRequest, declineRequest } from '@/lib/server/requests/decline-request';
import { updateRequestRules } from '@/lib/server/requests/get-request-rules';
import { retryRequest } from '@/lib/server/requests/retry-request';
import { answerRequest, commentOnRequest, withdrawRequest } from '@/lib/server/requests/speak-on-request';
import { startRotation } from '@/lib/server/rotation/start-rotation';
import { goBack, retireNow, waitLonger } from '@/lib/server/rotation/steer-rotation';

type Run = (context: ServerContext, input: unknown) => Promise<unknown>;

/** As the action does it: parse, call the verb. */
function verb<Schema extends z.ZodType>(
  schema: Schema,
  run: (context: ServerContext, input: z.output<Schema>) => Promise<unknown>,
): Run {
  return (context, input) => run(context, schema.parse(input));
}

const runSchema = z.object({ runId: z.string() });

/** Preview and start, as the dialog does it. */
async function runBulk(context: ServerContext, input: z.output<typeof previewBulkSchema>) {
  const { digest, confirmation } = await previewBulk(context, input);
  return startBulkRun(context, { ...input, digest, confirmation: confirmation ?? '', reason: 'Campaign' });
}

/** Everything that a person can do in the campaign, through the product's own verbs. */
export const verbs: Readonly<Record<string, Run>> = {
  create: verb(createKeySchema, createKey),
  limit: verb(updateKeyLimitSchema, updateKeyLimit),
  rename: verb(renameKeySchema, renameKey),
  state: verb(setKeyDisabledSchema, setKeyDisabled),
  labels: verb(updateKeyLabelsSchema, updateKeyLabels),
  expiry: verb(updateKeyExpirySchema, updateKeyExpiry),
  delete: verb(deleteKeySchema, deleteKey),
  'undo delete': verb(undoDeleteKeySchema, undoDeleteKey),
  'confirm secret': verb(changeIdSchema, confirmSecret),
  'hand over': verb(handOverNewKeySchema, handOverNewKey),
  collect: verb(collectHandOverSchema, (context, input) =>
    collectHandOver(
      { ...context, actor: { kind: 'system', name: 'Keyward' } },
      { ...input, viewer: context.actor.kind === 'user' ? context.actor : null, address: null },
    ),
  ),
  'confirm collected': verb(collectHandOverSchema, (context, input) =>
    confirmCollected({ ...context, actor: { kind: 'system', name: 'Keyward' } }, input),
  ),
  raise: verb(startRaiseSchema, startRaise),
  'extend raise': verb(extendRaiseSchema, extendRaise),
  'end raise': verb(endRaiseSchema, endRaiseNow),
  'base limit': verb(updateBaseLimitSchema, updateBaseLimit),
  'adopt drift': verb(adoptDriftSchema, adoptDrift),
  'ignore drift': verb(ignoreDriftSchema, ignoreDrift),
  'put drift back': verb(putBackDriftSchema, putBackDrift),
  rotate: verb(startRotationSchema, startRotation),
  'wait longer': verb(waitLongerSchema, waitLonger),
  'retire now': verb(steerRotationSchema, retireNow),
  'go back': verb(steerRotationSchema, goBack),
  'revoke hand-over': verb(revokeHandOverSchema, revokeHandOver),
  bulk: verb(previewBulkSchema, runBulk),
  'bulk pause': verb(runSchema, pauseBulkRun),
  'bulk resume': verb(runSchema, resumeBulkRun),
  'bulk cancel': verb(runSchema, cancelBulkRun),
  read: verb(z.object({ connectionId: z.number() }), readKeys),
  ask: verb(createRequestSchema, createRequest),
  approve: verb(approveRequestSchema, approveRequest),
  decline: verb(requestWordsSchema, declineRequest),
  'ask back': verb(requestWordsSchema, askBackRequest),
  answer: verb(requestWordsSchema, answerRequest),
  comment: verb(requestWordsSchema, commentOnRequest),
  withdraw: verb(withdrawRequestSchema, withdrawRequest),
  'retry request': verb(requestIdSchema, retryRequest),
  'collect asked': verb(requestIdSchema, (context, input) =>
    collectRequestSecret(context, { ...input, address: null }),
  ),
  'confirm asked': verb(requestIdSchema, confirmRequestSecret),
  rules: verb(updateRequestRulesSchema, updateRequestRules),
  'answer incident': verb(resolveIncidentSchema, resolveIncident),
  'decide lost create': verb(decideLostCreateSchema, decideLostCreate),
};

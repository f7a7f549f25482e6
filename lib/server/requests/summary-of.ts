import 'server-only';
import type { RequestSummary } from '@/lib/domain/requests/request-view';
import { type LoadedRequest, titleOf } from './request-row';

type Standing = Pick<RequestSummary, 'approvals' | 'waitsForMe'>;

/** A request as lists show it. */
export function summaryOf(loaded: LoadedRequest, standing: Standing): RequestSummary {
  const { request, teamName, requesterName } = loaded;
  return {
    id: request.id,
    kind: request.kind,
    state: request.state,
    title: titleOf(loaded),
    keyId: request.keyId,
    teamName,
    requesterName,
    createdAt: request.createdAt.toISOString(),
    lapsesAt: request.lapsesAt.toISOString(),
    approvalsNeeded: request.approvalsNeeded,
    ...standing,
  };
}

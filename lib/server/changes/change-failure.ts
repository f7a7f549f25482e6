import 'server-only';
import type { ChangeKind } from '@/lib/domain/changes/change';
import { sayChecking } from '@/lib/domain/changes/change-words';
import { ProviderError } from '@/lib/providers/provider-error';
import { AppError } from '../errors';
import type { Verdict } from './verdict';

/** What the ledger keeps of a failed write: no message but the provider's own scrubbed sentence. */
export function failureOf(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof ProviderError)) return { kind: 'unexpected' };
  return { kind: error.kind, status: error.status ?? null, message: error.providerMessage ?? null };
}

function sayRefusal(error: ProviderError, name: string): string {
  const said = error.providerMessage ? ` It said: “${error.providerMessage}”` : '';
  switch (error.kind) {
    case 'unauthorized':
    case 'forbidden':
      return `${name} refused: its management key may not do this.${said}`;
    case 'not_found':
      return `${name} does not know this key any more.${said}`;
    case 'rate_limited':
      return `${name} asks for a pause before more changes. Nothing was changed.`;
    case 'unsupported':
      return `${name} cannot do this.${said}`;
    default:
      return `${name} refused. Nothing was changed.${said}`;
  }
}

/** The error a person sees when a write surely did not happen. */
export function toChangeError(error: unknown, connectionName: string, changeId: string): AppError {
  if (!(error instanceof ProviderError)) {
    return new AppError(
      'internal',
      'Keyward failed while changing the key. Its true state is being checked.',
      {
        cause: error,
      },
    );
  }
  const isPassing = error.kind === 'unavailable' || error.kind === 'rate_limited';
  return new AppError(
    isPassing ? 'provider_unavailable' : 'provider_refused',
    sayRefusal(error, connectionName),
    { facts: { changeId, kind: error.kind, retryAfterMs: error.retryAfterMs } },
  );
}

/**
 * The error a person sees after a lost answer was looked at. `outcome_unknown` means that it is still being
 * checked: `facts.changeId` tells which change to ask for again.
 */
export function toVerdictError(
  verdict: Exclude<Verdict, { kind: 'applied' }>,
  change: { readonly id: string; readonly kind: ChangeKind; readonly keyName: string },
): AppError {
  const facts = { changeId: change.id };
  const checking = sayChecking(change.kind, change.keyName);
  switch (verdict.kind) {
    case 'open':
      return new AppError('outcome_unknown', checking, { facts });
    case 'asked':
      return new AppError(
        'outcome_unknown',
        `${checking} Keyward cannot tell alone: ${verdict.why} An incident asks a person.`,
        { facts },
      );
    case 'abandoned':
      return new AppError('outcome_unknown', verdict.words, { facts });
    case 'not_applied':
      return new AppError('provider_unavailable', verdict.words, {
        facts: { ...facts, kind: 'not_applied' },
      });
    case 'other':
      return new AppError('stale', verdict.words, {
        facts: { ...facts, seen: verdict.seen, current: verdict.current },
      });
  }
}

/** The error a person sees when a read failed. */
export function toReadError(error: unknown, connectionName: string): AppError {
  if (!(error instanceof ProviderError)) {
    return new AppError('internal', 'Keyward failed while reading from the provider.', { cause: error });
  }
  const said = error.providerMessage ? ` It said: “${error.providerMessage}”` : '';
  switch (error.kind) {
    case 'unauthorized':
      return new AppError('provider_refused', `${connectionName} does not accept this key.${said}`);
    case 'forbidden':
      return new AppError('provider_refused', `This key may not manage keys at ${connectionName}.${said}`);
    case 'not_found':
      return new AppError(
        'provider_refused',
        `Nothing answers to this call at ${connectionName}. Check the base URL.`,
      );
    case 'rate_limited':
      return new AppError(
        'provider_unavailable',
        `${connectionName} asks for a pause. Try again in a minute.`,
      );
    case 'invalid_response':
      return new AppError(
        'provider_unavailable',
        `${connectionName} answered something that is not its API. Check the base URL.`,
      );
    default:
      return new AppError('provider_unavailable', `${connectionName} could not be reached.`);
  }
}

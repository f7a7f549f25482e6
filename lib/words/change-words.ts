import { z } from 'zod';
import type { ChangeState } from '@/lib/domain/changes/change';
import type { KeyChangeView } from '@/lib/domain/keys/key-detail';
import type { OutcomeWords } from './audit-words';

/** What a change of a key did, or was to do. */
export const changeWords: Record<KeyChangeView['kind'], string> = {
  create_key: 'Create key',
  set_limit: 'Set limit',
  rename_key: 'Rename',
  disable_key: 'Disable',
  enable_key: 'Enable',
  set_labels: 'Set labels',
  set_expiry: 'Set expiry',
  delete_key: 'Delete',
  assign: 'Assign team and owner',
  plan_delete: 'Delete later',
  cancel_delete: 'Take deletion back',
  'rotation.start': 'Start rotation',
  'rotation.watch': 'Watch old key',
  'rotation.wait': 'Wait longer with old key',
  'rotation.retire': 'Retire old key',
  'rotation.stop_old': 'Stop old key',
  'rotation.finish': 'Finish rotation',
  'rotation.go_back': 'Go back to old key',
  'rotation.end_back': 'Finish going back',
  'rotation.fail': 'Give rotation up',
};

export const changeStateWords: Record<ChangeState, OutcomeWords> = {
  planned: { label: 'Planned', tone: 'neutral' },
  sent: { label: 'Under way', tone: 'neutral' },
  applied: { label: 'Applied', tone: 'ok' },
  refused: { label: 'Refused', tone: 'bad' },
  unknown: { label: 'Outcome not known', tone: 'warn' },
  settled_applied: { label: 'Applied', tone: 'ok' },
  settled_not_applied: { label: 'Not applied', tone: 'warn' },
  abandoned: { label: 'Given up', tone: 'warn' },
};

const failureSchema = z.object({ kind: z.string(), message: z.string().nullish() });

function sayKind(kind: string, providerName: string): string {
  switch (kind) {
    case 'unauthorized':
    case 'forbidden':
      return `${providerName} does not let the management key do this.`;
    case 'not_found':
      return `${providerName} does not know this key any more.`;
    case 'rate_limited':
      return `${providerName} asked for a pause.`;
    case 'unavailable':
      return `${providerName} could not be reached.`;
    case 'unknown_outcome':
      return `${providerName} did not answer.`;
    case 'unexpected':
      return 'Keyward failed while it was under way.';
    default:
      return `${providerName} refused: ${kind.replaceAll('_', ' ')}.`;
  }
}

/** Why a change failed, with the provider's own words where it had any; null when it did not. */
export function changeFailureText(failure: unknown, providerName: string): string | null {
  const parsed = failureSchema.safeParse(failure);
  if (!parsed.success) return null;
  const { kind, message } = parsed.data;
  return message ? `${providerName} said: “${message}”` : sayKind(kind, providerName);
}

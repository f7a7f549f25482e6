import type { ChangeKind, ChangeState } from '@/lib/domain/changes/change';
import type { OutcomeWords } from './audit-words';

/** What a change of a key did, or was to do. */
export const changeWords: Record<ChangeKind | 'assign', string> = {
  create_key: 'Create key',
  set_limit: 'Set limit',
  rename_key: 'Rename',
  disable_key: 'Disable',
  enable_key: 'Enable',
  set_labels: 'Set labels',
  set_expiry: 'Set expiry',
  delete_key: 'Delete',
  assign: 'Assign team and owner',
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

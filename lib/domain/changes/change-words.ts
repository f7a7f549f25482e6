import type { ChangeKind } from './change';

const subjects: Record<ChangeKind, string> = {
  create_key: 'the creation of',
  set_limit: 'the new limit of',
  rename_key: 'the new name of',
  disable_key: 'disabling',
  enable_key: 'enabling',
  set_labels: 'the new labels of',
  set_expiry: 'the new expiry of',
  delete_key: 'the deletion of',
};

/** What a change is about, as it stands in "whether … took effect": `the new limit of “billing-bot”`. */
export function nameChange(kind: ChangeKind, keyName: string): string {
  return `${subjects[kind]} “${keyName}”`;
}

export function sayChecking(kind: ChangeKind, keyName: string): string {
  return `We are checking whether ${nameChange(kind, keyName)} took effect.`;
}

/** What was found when an unknown outcome was looked at, in words for people. */
export const settlementWords = {
  applied: 'The provider did not answer, so we looked: it took effect.',
  appliedLate: 'It had not taken effect at first; a later look found that it did.',
  notApplied: 'The provider did not answer, so we looked: it did not take effect. Nothing was changed.',
  other:
    'The provider did not answer, so we looked: it did not take effect, and someone else’s value is there now.',
  gone: 'The provider did not answer, so we looked: it no longer knows this key.',
  neverSent: 'Keyward stopped before this was sent. Nothing was changed.',
  interrupted: 'Keyward stopped while this was under way.',
  repeated:
    'The provider did not answer and does not tell this value, so it was sent once more: it is set now.',
  notTold:
    'The provider did not answer, twice, and does not tell this value. It may or may not be set: set it again.',
  removedConnection: 'The connection was removed before we could look whether this took effect.',
  notCreated: 'The provider did not answer, so we looked: no key was created.',
  orphanFound:
    'The provider did not answer, so we looked: the key was created, but its secret was never seen. It is being removed.',
  orphanRemoved:
    'The provider did not answer, so we looked: the key was created, but its secret was never seen. It was removed.',
} as const;

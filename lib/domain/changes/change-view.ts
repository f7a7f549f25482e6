import type { ChangeKind, ChangeState } from './change';
import { nameChange, sayChecking, settlementWords } from './change-words';

/** Where a change stands for the person who waits for it. */
export type ChangePhase =
  | 'under_way'
  | 'checking'
  | 'asking'
  | 'applied'
  | 'refused'
  | 'not_applied'
  | 'not_told';

/** One change as pages show it and ask for it again while it is being checked. */
export type ChangeView = {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly state: ChangeState;
  readonly phase: ChangePhase;
  /** What is known of the outcome, in a sentence or two. */
  readonly sentence: string;
  readonly keyId: number | null;
  readonly keyName: string;
  readonly connectionName: string;
  readonly actorName: string;
  /** ISO instants. */
  readonly plannedAt: string;
  readonly settledAt: string | null;
  /** How often the provider was looked at. */
  readonly checks: number;
  /** The open incident that asks a person about it. */
  readonly incidentId: string | null;
};

/** Where a change stands, from its state and whether an incident asks about it. */
export function phaseOf(state: ChangeState, isAsked: boolean): ChangePhase {
  switch (state) {
    case 'planned':
    case 'sent':
      return 'under_way';
    case 'unknown':
      return isAsked ? 'asking' : 'checking';
    case 'applied':
    case 'settled_applied':
      return 'applied';
    case 'refused':
      return 'refused';
    case 'settled_not_applied':
      return 'not_applied';
    case 'abandoned':
      return 'not_told';
  }
}

type Told = {
  readonly kind: ChangeKind;
  readonly phase: ChangePhase;
  readonly keyName: string;
  readonly settlement: string | null;
};

/** The outcome as far as it is known, for the page where the person stands. */
export function sayChange({ kind, phase, keyName, settlement }: Told): string {
  switch (phase) {
    case 'under_way':
      return `Keyward is at it: ${nameChange(kind, keyName)}.`;
    case 'checking':
      return sayChecking(kind, keyName);
    case 'asking':
      return `${sayChecking(kind, keyName)} We cannot tell alone: an incident asks a person.`;
    case 'applied':
      return settlement ?? `It took effect: ${nameChange(kind, keyName)}.`;
    case 'refused':
      return settlement ?? 'The provider refused. Nothing was changed.';
    case 'not_applied':
      return settlement ?? settlementWords.notApplied;
    case 'not_told':
      return settlement ?? settlementWords.notTold;
  }
}

/** Whether the outcome is still to come. */
export function isOpenPhase(phase: ChangePhase): boolean {
  return phase === 'under_way' || phase === 'checking' || phase === 'asking';
}

/**
 * Whether the same wish may be sent anew: not while its outcome is open, nor when it took effect. A lost create
 * never leaves a usable key behind, so it may be, once it is settled.
 */
export function mayAskAgain({ kind, phase }: Pick<ChangeView, 'kind' | 'phase'>): boolean {
  return !isOpenPhase(phase) && (phase !== 'applied' || kind === 'create_key');
}

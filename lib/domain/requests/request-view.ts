import type { ChangeView } from '../changes/change-view';
import type { Capabilities } from '../connections/capabilities';
import type { HandOverState } from '../hand-over/hand-over-state';
import type { KeyDay } from '../keys/key-days';
import type { Limit } from '../limits/limit';
import type { Usd } from '../money/usd';
import type { UtcDay } from '../periods/utc-day';
import type { Needs } from './decide-needs';
import type { RequestEventKind, RequestKind, RequestState } from './request';
import type { BasisChange } from './request-basis';
import type { RequestEdit } from './request-edit';
import type { RequestRules } from './request-rules';
import type { Grant, RequestWish } from './request-wish';

/** A request as lists show it. Instants are ISO texts. */
export type RequestSummary = {
  readonly id: string;
  readonly kind: RequestKind;
  readonly state: RequestState;
  /** What is asked for, in words: `$400 monthly for search-prod`. */
  readonly title: string;
  readonly keyId: number | null;
  readonly teamName: string | null;
  readonly requesterName: string;
  readonly createdAt: string;
  readonly lapsesAt: string;
  readonly approvals: number;
  readonly approvalsNeeded: number;
  /** Whether the viewer is the next who can do something about it. */
  readonly waitsForMe: boolean;
};

/** One step of a request's history. */
export type RequestEventView = {
  readonly id: number;
  readonly kind: RequestEventKind;
  readonly at: string;
  /** Keyward itself, or a person. */
  readonly actorName: string;
  readonly words: string;
  /** What was approved with it. */
  readonly grant: Grant | null;
  readonly changed: readonly BasisChange[];
  /** What the requester changed. */
  readonly edits: readonly RequestEdit[];
  /** An approval that something later made void. */
  readonly isVoid: boolean;
};

export type TeamEvidence = {
  readonly id: number;
  readonly name: string;
  readonly monthlyBudget: Usd | null;
  readonly monthSpend: Usd;
  readonly envelopeUsed: Usd;
};

/** The key and its spend as approver and requester see them. */
export type KeyEvidence = {
  readonly id: number;
  readonly name: string;
  readonly connectionName: string;
  readonly providerName: string;
  readonly capabilities: Pick<Capabilities, 'limitPeriods' | 'blockedLimit' | 'disable'>;
  readonly limit: Limit;
  /** While a raise holds: the limit that the key goes back to. */
  readonly baseLimit: Limit | null;
  readonly includeByokInLimit: boolean;
  readonly isDisabled: boolean;
  readonly ownerName: string | null;
  /** What the present window has used; null where it is not known. */
  readonly used: Usd | null;
  /** What the key can still spend, until when, and what stops it first, as a sentence. */
  readonly left: string;
  /** UTC days in order, today last; from the start of the first one's month. */
  readonly days: readonly KeyDay[];
  /** Of these, drawn from here on. */
  readonly shownFrom: UtcDay;
  /** Some of these days it was not the team's that has it now; its limit counts them all the same. */
  readonly isShared: boolean;
  /** What the key had spent before the first day; null where the provider does not tell. */
  readonly spentBefore: Usd | null;
};

export type RequestEvidence = {
  readonly key: KeyEvidence | null;
  readonly team: TeamEvidence | null;
  /** Of the same key, newest first. */
  readonly earlier: readonly RequestSummary[];
};

/** What the viewer may do now. */
export type RequestAbilities = {
  readonly approve: boolean;
  readonly askBack: boolean;
  readonly decline: boolean;
  readonly answer: boolean;
  readonly withdraw: boolean;
  readonly edit: boolean;
  readonly retry: boolean;
  readonly collect: boolean;
  /** Why it cannot be approved by this person; null when it can, or when nobody waits for it. */
  readonly whyNot: 'own' | 'already' | null;
};

export type RequestView = RequestSummary & {
  readonly reason: string;
  /** ISO instant at which it was drawn: pace and countdowns are told from it. */
  readonly asOf: string;
  readonly isOwn: boolean;
  readonly connectionName: string;
  /** What a new key is to be, beside its name and limit; empty for other kinds. */
  readonly newKey: readonly { readonly label: string; readonly value: string }[];
  readonly basisNumber: number;
  /** The whole wish over what is there; null when it cannot be fulfilled any more. */
  readonly wished: Grant | null;
  /** What is on the table: what was approved so far, or the whole wish. */
  readonly proposed: Grant | null;
  readonly needs: Needs | null;
  /** How many people could still approve it. */
  readonly otherApprovers: number;
  readonly failure: string | null;
  /** When it is tried again by itself. */
  readonly triedAgainAt: string | null;
  readonly change: Pick<ChangeView, 'id' | 'phase' | 'sentence' | 'incidentId'> | null;
  readonly settledAt: string | null;
  /** A new key's secret, for the requester alone. */
  readonly secret: { readonly state: HandOverState; readonly expiresAt: string } | null;
  readonly events: readonly RequestEventView[];
  readonly can: RequestAbilities;
  /** Null when the viewer does not reach the key. */
  readonly evidence: RequestEvidence | null;
};

/** A team that may be asked for, with what holds there. */
export type FormTeam = TeamEvidence & { readonly rules: RequestRules };

/** What the fields of a new key follow. */
export type NewKeyCapabilities = Pick<
  Capabilities,
  | 'limitPeriods'
  | 'unlimitedAtCreation'
  | 'byokInLimit'
  | 'containers'
  | 'containerAtCreation'
  | 'permissionsAtCreation'
  | 'expiryAtCreation'
  | 'expiryLater'
>;

/** A wish that waits, in the form in which its requester changes it. */
export type RequestEditView = {
  readonly requestId: string;
  readonly title: string;
  readonly wish: RequestWish;
  readonly reason: string;
  readonly form: RequestFormView;
};

/** What the form needs to say what a wish would need. */
export type RequestFormView = {
  readonly asOf: string;
  readonly key: KeyEvidence | null;
  readonly keyTeamId: number | null;
  readonly earlier: readonly RequestSummary[];
  readonly teams: readonly FormTeam[];
  /** The rules where no team is. */
  readonly rules: RequestRules;
  readonly connections: readonly {
    readonly id: number;
    readonly name: string;
    readonly providerName: string;
    readonly capabilities: NewKeyCapabilities;
    /** Its workspaces or groups. */
    readonly containers: readonly { readonly id: number; readonly name: string }[];
  }[];
  /** Keys within reach, to ask about. */
  readonly keys: readonly { readonly id: number; readonly name: string; readonly connectionName: string }[];
  readonly otherApprovers: number;
};

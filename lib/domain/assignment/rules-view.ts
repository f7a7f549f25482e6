import type { ContainerKind } from '../connections/capabilities';
import type { PlannedAssignment } from './plan-assignments';
import type { AssignmentRule } from './rule';

/** The saved rules, and what a rule can name. */
export type RulesView = {
  readonly rules: readonly AssignmentRule[];
  readonly connections: readonly { readonly id: number; readonly name: string }[];
  readonly containers: readonly {
    readonly id: number;
    readonly name: string;
    readonly kind: ContainerKind;
    readonly connection: string;
  }[];
  /** Names of labels that keys carry. */
  readonly labels: readonly string[];
  readonly teams: readonly { readonly id: number; readonly name: string }[];
  readonly owners: readonly { readonly id: string; readonly name: string }[];
  /** Live keys without a team or without an owner. */
  readonly lacking: number;
};

export type RuleCounts = Readonly<Record<'gets' | 'same' | 'other', number>>;

export type TriedKey = {
  readonly id: number;
  readonly name: string;
  readonly connection: string;
  readonly rule: number;
  readonly standing: Exclude<PlannedAssignment['standing'], 'none'>;
  /** What it belongs to after the rules, in names. */
  readonly team: string | null;
  readonly owner: string | null;
  readonly isTeamNew: boolean;
  readonly isOwnerNew: boolean;
};

/** What rules would do to all live keys. */
export type RulesTry = {
  readonly digest: string;
  readonly keyCount: number;
  readonly total: RuleCounts;
  /** Keys that no rule matches. */
  readonly unmatched: number;
  /** Keys that would still lack a team or an owner. */
  readonly stillLacking: number;
  /** One a rule, in order. */
  readonly byRule: readonly RuleCounts[];
  /** Those that get something first; 200 at the most. */
  readonly keys: readonly TriedKey[];
};

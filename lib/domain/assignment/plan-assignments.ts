import type { KeyLabels } from '../keys/key-input';
import { matchesPattern } from './matches-pattern';
import type { AssignmentRule, RuleMatch } from './rule';

export type AssignableKey = {
  readonly id: number;
  readonly name: string;
  readonly connectionId: number;
  readonly containerId: number | null;
  readonly labels: KeyLabels;
  /** The address of the person who made it; null where it is not known. */
  readonly creator: string | null;
  readonly teamId: number | null;
  readonly ownerId: string | null;
};

export type PlannedAssignment = {
  readonly key: AssignableKey;
  /** Place of the first rule that matches; null when none does. */
  readonly rule: number | null;
  /** What it lacks and gets; null where it has that already, or the rule does not say. */
  readonly teamId: number | null;
  readonly ownerId: string | null;
  /** `gets` something; has the `same` already; belongs to an `other`, which stays; or `none` matches. */
  readonly standing: 'gets' | 'same' | 'other' | 'none';
};

function matches(match: RuleMatch, key: AssignableKey): boolean {
  const { name, connectionId, containerId, label, creator } = match;
  if (name !== null && !matchesPattern(name, key.name)) return false;
  if (connectionId !== null && connectionId !== key.connectionId) return false;
  if (containerId !== null && containerId !== key.containerId) return false;
  if (creator !== null && (key.creator === null || !matchesPattern(creator, key.creator))) return false;
  if (label === null) return true;
  const value = Object.hasOwn(key.labels, label.name) ? key.labels[label.name] : undefined;
  return value !== undefined && (label.value === null || matchesPattern(label.value, value));
}

function planOne(rules: readonly AssignmentRule[], key: AssignableKey): PlannedAssignment {
  const place = rules.findIndex(({ isEnabled, match }) => isEnabled && matches(match, key));
  const rule = rules[place];
  if (rule === undefined) return { key, rule: null, teamId: null, ownerId: null, standing: 'none' };
  const teamId = key.teamId === null ? rule.teamId : null;
  const ownerId = key.ownerId === null ? rule.ownerId : null;
  const isOther =
    (rule.teamId !== null && key.teamId !== null && key.teamId !== rule.teamId) ||
    (rule.ownerId !== null && key.ownerId !== null && key.ownerId !== rule.ownerId);
  const standing = teamId !== null || ownerId !== null ? 'gets' : isOther ? 'other' : 'same';
  return { key, rule: place, teamId, ownerId, standing };
}

/**
 * What rules give to keys. The first rule that matches holds, and it only fills what a key lacks: nobody loses a key to
 * a rule.
 */
export function planAssignments(
  rules: readonly AssignmentRule[],
  keys: readonly AssignableKey[],
): readonly PlannedAssignment[] {
  return keys.map((key) => planOne(rules, key));
}

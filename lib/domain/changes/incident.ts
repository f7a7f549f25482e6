/** What a machine could not settle: why an incident asks a person. */
export const incidentKinds = [
  /** Several keys could be the one of a create whose answer was lost, or the only one is doubtful. */
  'create_ambiguous',
  /** A provider could not be looked at for a long time. */
  'outcome_unknown',
  /** A value that the provider does not tell may or may not be set. */
  'outcome_not_told',
  /** A change took effect late and overwrote a newer one. */
  'late_effect',
  /** A key whose secret nobody saw could not be removed. */
  'orphan_stays',
  /** A new key's secret was sealed for someone and not picked up in time. */
  'hand_over_expired',
  /** No browser confirmed that it showed the secret of a new key. */
  'secret_not_seen',
  /** A key was just being made when the backup was taken that was restored: its secret may be in use since. */
  'restored_create',
  /** A key that was to be deleted was used or enabled meanwhile, so it was not. */
  'deletion_stopped',
  /** A provider refuses to delete a key whose grace period is over. */
  'deletion_refused',
  /** A provider keeps refusing a step of a rotation. */
  'rotation_refused',
  /** The audit log no longer holds what was anchored of it outside the database. */
  'audit_contradicted',
  /** A raise until a date could not be taken back at its end. */
  'raise_overdue',
] as const;
export type IncidentKind = (typeof incidentKinds)[number];

/** An open question or one that was answered. */
export type IncidentView = {
  readonly id: string;
  readonly kind: IncidentKind;
  readonly title: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly connectionId: number | null;
  readonly connectionName: string | null;
  readonly keyId: number | null;
  readonly keyName: string | null;
  readonly changeId: string | null;
  /** ISO instants. */
  readonly openedAt: string;
  readonly resolvedAt: string | null;
  readonly resolvedByName: string | null;
  readonly resolution: string | null;
};

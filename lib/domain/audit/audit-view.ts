import type { Role } from '../people/role';

/** One row of the audit log as people see it. Instants are ISO texts. */
export type AuditView = {
  readonly seq: number;
  readonly at: string;
  readonly actor: {
    readonly kind: 'user' | 'system';
    readonly id: string | null;
    readonly name: string;
    /** What the person was allowed then. */
    readonly role: Role | null;
  };
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string | null; readonly name: string | null };
  readonly connection: { readonly id: number; readonly name: string } | null;
  readonly key: { readonly id: number; readonly name: string } | null;
  /** With the names of teams, people and workspaces in the place of their ids. */
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string;
  readonly outcome: string;
  readonly requestId: string;
};

export type AuditPage = {
  readonly rows: readonly AuditView[];
  /** The row to go on from; null on the last page. */
  readonly olderThan: number | null;
};

/** What can be filtered by, as far as it occurs. */
export type AuditChoices = {
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly actions: readonly string[];
};

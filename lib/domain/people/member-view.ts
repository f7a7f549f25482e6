import type { Role } from './role';

/** A person as the members page shows them. Instants are ISO 8601 in UTC. */
export type MemberView = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly status: 'active' | 'disabled';
  readonly teams: readonly string[];
  readonly lastSeenAt: string | null;
  readonly sessionCount: number;
  readonly createdAt: string;
  /** Signs in at the organisation's sign-in service, by password, or both. */
  readonly hasPassword: boolean;
  readonly hasSingleSignOn: boolean;
};

export type InvitationView = {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly teams: readonly string[];
  /** Whether the person will lead these teams. */
  readonly isLead: boolean;
  readonly invitedBy: string;
  readonly createdAt: string;
  readonly expiresAt: string;
};

export type SessionView = {
  readonly id: string;
  readonly isThisOne: boolean;
  readonly device: string;
  readonly address: string | null;
  readonly createdAt: string;
  readonly lastSeenAt: string;
};

export type ProfileView = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly teams: readonly string[];
  readonly hasPassword: boolean;
  readonly hasSingleSignOn: boolean;
};

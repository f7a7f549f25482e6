import type { KeysTableWire } from '../keys/keys-table';
import type { Usd } from '../money/usd';
import type { Role } from '../people/role';
import type { TeamView } from './team-input';

/** A person of a team as its page shows them. */
export type TeamPersonView = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly isLead: boolean;
  readonly isDisabled: boolean;
};

/** What a team's own page shows. */
export type TeamPageView = {
  readonly team: TeamView;
  /** Leads first, then by name. */
  readonly people: readonly TeamPersonView[];
  /** The team's keys, gone and deleted ones included. */
  readonly keys: KeysTableWire;
  /** Where the month ends; null while too few days are known. */
  readonly forecast: Usd | null;
};

/** Someone who can be put into a team. */
export type TeamCandidate = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
};

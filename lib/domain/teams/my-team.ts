import type { KeysTableWire } from '../keys/keys-table';
import type { RecentSpendWire } from '../keys/recent-spend';
import type { Usd } from '../money/usd';
import type { RequestSummary } from '../requests/request-view';
import type { TeamView } from './team-input';

/** One of the teams that a person leads. */
export type LedTeam = {
  readonly team: TeamView;
  /** Where the month ends; null while too few days are known. */
  readonly forecast: Usd | null;
  readonly keys: KeysTableWire;
};

/** What a lead lands on. */
export type MyTeamView = {
  /** ISO instant. */
  readonly asOf: string;
  readonly teams: readonly LedTeam[];
  readonly recent: RecentSpendWire;
  /** Undecided or not yet carried out, of these teams or one's own. */
  readonly requests: readonly RequestSummary[];
};

import { and, eq, isNull, notExists } from 'drizzle-orm';
import { keyAssignments, keys, teamMembers, teams } from '@/lib/db/schema';
import { createTeamSchema, MOST_ASSIGNED_KEYS } from '@/lib/domain/teams/team-input';
import type { ServerContext } from '@/lib/server/context';
import { assignKeys } from '@/lib/server/teams/assign-keys';
import { createTeam } from '@/lib/server/teams/create-team';
import { setTeamMember } from '@/lib/server/teams/set-team-member';
import { ensureOwner } from './demo-owners';

/** The first team whose hint a key's name holds gets the key; its owners take turns. */
const plan: readonly {
  name: string;
  costCentre: string;
  owners: readonly string[];
  /** Dollars a month. */
  monthlyBudget?: number;
  hint: RegExp;
  isLed?: true;
}[] = [
  {
    name: 'Payments',
    costCentre: 'CC-1010',
    owners: ['Jess Whitfield', 'Ravi Menon'],
    monthlyBudget: 1500,
    hint: /checkout|invoice|fraud|pricing|billing/,
    isLed: true,
  },
  {
    name: 'Support',
    costCentre: 'CC-1020',
    owners: ['Ana Ruiz'],
    monthlyBudget: 300,
    hint: /support|ticket|repl|call|faq|onboard|chat|help/,
    isLed: true,
  },
  {
    name: 'Discovery',
    costCentre: 'CC-2040',
    owners: ['Tobi Okafor', 'Lena Vogt'],
    hint: /search|rerank|tagging|catalog|recipe|embed|seo|sentiment/,
  },
  {
    name: 'Research',
    costCentre: 'CC-2050',
    owners: ['Priya Nair'],
    monthlyBudget: 250,
    hint: /eval|notebook|churn|sql|data|docs/,
  },
  {
    name: 'Mobile',
    costCentre: 'CC-3300',
    owners: ['Sam Adeyemi'],
    hint: /app-|voice|translat|caption|mobile|release/,
  },
  {
    name: 'Platform',
    costCentre: 'CC-3310',
    owners: ['Toru Okada', 'Mara Lind'],
    hint: /code|incident|ci-|log|gateway|moderation|meeting/,
  },
  {
    name: 'Revenue',
    costCentre: 'CC-4100',
    owners: ['Chloe Martin'],
    hint: /lead|ad-copy|email|landing|resume/,
  },
  {
    name: 'Legal',
    costCentre: 'CC-4110',
    owners: ['Hugo Castellanos'],
    hint: /legal|contract|policy|redact|dpa|retention/,
  },
];

/** One key in so many stays unowned, so that there is something to put in order. */
const UNOWNED_ONE_IN = 9;

function isLeftAlone(name: string): boolean {
  const sum = [...name].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
  return sum % UNOWNED_ONE_IN === 0;
}

async function ensureTeam(
  context: ServerContext,
  { name, costCentre, monthlyBudget }: (typeof plan)[number],
): Promise<number> {
  const [known] = await context.db
    .select({ id: teams.id })
    .from(teams)
    .where(and(eq(teams.name, name), isNull(teams.archivedAt)));
  return (
    known?.id ??
    (await createTeam(context, createTeamSchema.parse({ name, costCentre, monthlyBudget }))).teamId
  );
}

async function ensureLead(context: ServerContext, teamId: number, userId: string): Promise<void> {
  const [known] = await context.db
    .select({ isLead: teamMembers.isLead })
    .from(teamMembers)
    .where(and(eq(teamMembers.teamId, teamId), eq(teamMembers.userId, userId)));
  if (!known?.isLead) await setTeamMember(context, { teamId, userId, membership: 'lead' });
}

/** Live keys that were never given to anyone. */
function listUnassigned(context: ServerContext) {
  const earlier = context.db
    .select({ id: keyAssignments.id })
    .from(keyAssignments)
    .where(eq(keyAssignments.keyId, keys.id));
  return context.db
    .select({ id: keys.id, name: keys.name })
    .from(keys)
    .where(and(isNull(keys.goneAt), isNull(keys.deletedAt), isNull(keys.teamId), notExists(earlier)));
}

/** The sample's teams, their lead, and most keys given to them by what the names hint at. */
export async function ensureTeams(
  context: ServerContext,
  leadId: string,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const free = (await listUnassigned(context)).filter((key) => !isLeftAlone(key.name));
  const taken = new Set<number>();
  for (const [index, team] of plan.entries()) {
    onProgress(index, plan.length);
    const teamId = await ensureTeam(context, team);
    if (team.isLed) await ensureLead(context, teamId, leadId);
    const keyIds = free
      .filter((key) => !taken.has(key.id) && team.hint.test(key.name.toLowerCase()))
      .map((key) => key.id)
      .slice(0, MOST_ASSIGNED_KEYS);
    for (const id of keyIds) taken.add(id);
    for (const [turn, owner] of team.owners.entries()) {
      const ownKeyIds = keyIds.filter((_, at) => at % team.owners.length === turn);
      if (ownKeyIds.length === 0) continue;
      const ownerId = await ensureOwner(context, owner);
      await assignKeys(context, {
        keyIds: ownKeyIds,
        teamId,
        ownerId,
        reason: 'By what their names hint at',
      });
    }
  }
  onProgress(plan.length, plan.length);
}

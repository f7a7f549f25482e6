import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { settings, teams } from '@/lib/db/schema';
import { usd } from '@/lib/domain/money/usd';
import { judgePastChanges } from '@/lib/domain/requests/past-changes';
import { defaultRequestRules } from '@/lib/domain/requests/request-rules';
import { startVendor, type TestEmulator } from '@/lib/testing/connected';
import { testWithDatabase as it } from '@/lib/testing/database';
import { lastAudit } from '@/lib/testing/people';
import { monthly, requestWorld } from '@/lib/testing/request-world';
import { updateKeyLimit } from '../keys/update-key-limit';
import { getRequestRules, listPastChanges, updateRequestRules } from './get-request-rules';

let emulator: TestEmulator;
beforeAll(async () => {
  emulator = await startVendor('openrouter');
});
afterAll(() => emulator.close());

describe('the rules of asking', () => {
  it('are set by admins alone, for everyone and per team, with an audit row', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const everyone = { ...defaultRequestRules, twoAbove: usd(500), lapseDays: 7 };
    const input = { everyone, teams: [{ teamId: world.team.id, rules: { envelope: usd(50) } }] };
    for (const denied of [world.lead, world.finance]) {
      await expect(updateRequestRules(denied, input)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(getRequestRules(denied)).rejects.toMatchObject({ code: 'forbidden' });
      await expect(listPastChanges(denied)).rejects.toMatchObject({ code: 'forbidden' });
    }
    await updateRequestRules(world.admin, input);
    const told = await getRequestRules(world.admin);
    expect(told.everyone).toEqual(everyone);
    expect(told.teams.map(({ name, rules }) => [name, rules])).toEqual([
      ['Discovery', null],
      ['Payments', { envelope: '50' }],
    ]);
    expect(await lastAudit(db)).toMatchObject({
      action: 'request_rules.update',
      before: { twoAbove: '1000' },
      after: { twoAbove: '500', teamsThatDiffer: 1 },
    });
    await updateRequestRules(world.admin, { everyone, teams: [] });
    const [team] = await db.select().from(teams).where(eq(teams.id, world.team.id));
    expect(team?.requestRules).toBeNull();
  });

  it('name no team that is gone', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const unknown = { everyone: defaultRequestRules, teams: [{ teamId: 999_999, rules: { lapseDays: 3 } }] };
    await expect(updateRequestRules(world.admin, unknown)).rejects.toMatchObject({ code: 'invalid' });
    expect(await db.$count(settings, eq(settings.topic, 'request-rules'))).toBe(0);
  });

  it('tell from the ledger what they would have caught', async ({ db }) => {
    const world = await requestWorld(db, emulator);
    const seen = { limit: monthly(300), includeByokInLimit: null };
    await updateKeyLimit(world.system, { keyId: world.keyId, seen, limit: monthly(900), reason: '' });
    const past = await listPastChanges(world.admin);
    expect(past.map(({ grant, current, teamName }) => [grant.kind, current, teamName])).toEqual([
      ['limit', monthly(300), 'Payments'],
      ['new_key', null, 'Payments'],
    ]);
    const judged = judgePastChanges(past, { ...defaultRequestRules, twoAbove: usd(500) }, new Map());
    expect(judged.map(({ needs }) => needs.approvals)).toEqual([2, 1]);
    world.moveAhead(32 * 86_400_000);
    const later = await listPastChanges(world.admin);
    expect(later.filter(({ isTold }) => isTold)).toEqual([]);
    expect(judgePastChanges(later, defaultRequestRules, new Map())).toEqual([]);
  });
});

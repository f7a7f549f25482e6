import type { PoolClient } from 'pg';

/** How many of each thing a restore put to rest. */
export type PutToRest = {
  readonly sessions: number;
  readonly links: number;
  readonly handOvers: number;
  readonly bulkRuns: number;
  readonly requests: number;
  readonly changes: number;
  readonly deliveries: number;
};

/**
 * What was open when the backup was made may have ended since, and nobody knows any more. So nobody is signed in,
 * no link of then opens anything, bulk runs and approved requests wait for a person, and a write that was only planned counts as sent:
 * it is looked for at the provider before anything is decided. What was still to be told may have been told. The keys of withdrawn hand-overs are left as they
 * are, since their secrets may have been picked up after the backup.
 */
const steps: Readonly<Record<keyof PutToRest, string>> = {
  sessions: 'update sessions set revoked_at = $1 where revoked_at is null and expires_at > $1',
  links: 'update one_time_links set expires_at = $1 where used_at is null and expires_at > $1',
  handOvers: `update hand_overs set sealed = null, revoked_at = coalesce(revoked_at, $1), expired_at = $1
    where collected_at is null and expired_at is null`,
  bulkRuns:
    "update bulk_runs set state = 'paused', worked_until = null where state = 'running' and $1::timestamptz is not null",
  requests: `update requests set state = 'failed', worked_until = null,
    failure = 'It was approved when the backup was made, and may have been carried out since. Look at the key, then try again.'
    where state = 'approved' and $1::timestamptz is not null and not exists (select 1 from changes
      where changes.parent_id = requests.id and changes.state in ('planned', 'sent', 'unknown'))`,
  changes: `update changes set state = 'sent', sent_at = coalesce(sent_at, planned_at), look_at = $1
    where state = 'planned'`,
  deliveries: `update deliveries set state = 'failed', next_try_at = null,
    failure = 'It waited when the backup was made, and may have gone out since.'
    where state = 'waiting' and $1::timestamptz is not null`,
};

export async function putToRest(client: PoolClient, now: Date): Promise<PutToRest> {
  const run = async (name: keyof PutToRest) => (await client.query(steps[name], [now])).rowCount ?? 0;
  return {
    sessions: await run('sessions'),
    links: await run('links'),
    handOvers: await run('handOvers'),
    bulkRuns: await run('bulkRuns'),
    requests: await run('requests'),
    changes: await run('changes'),
    deliveries: await run('deliveries'),
  };
}

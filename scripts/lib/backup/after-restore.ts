import type { PoolClient } from 'pg';

/** How many of each thing a restore put to rest. */
export type PutToRest = {
  readonly sessions: number;
  readonly links: number;
  readonly handOvers: number;
  readonly bulkRuns: number;
  readonly requests: number;
  readonly changes: number;
  /** Creates that were under way when the backup was made, or whose secret nobody had confirmed by then. */
  readonly creates: number;
  readonly deliveries: number;
};

/**
 * What was open when the backup was made may have ended since, and nobody knows any more. So nobody is signed in,
 * no link of then opens anything, bulk runs and approved requests wait for a person, and a write that was only planned counts as sent:
 * it is looked for at the provider before anything is decided. What was still to be told may have been told. The keys of withdrawn hand-overs are left as they
 * are, since their secrets may have been picked up after the backup.
 */
const steps: Readonly<Record<Exclude<keyof PutToRest, 'creates'>, string>> = {
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

/**
 * Keeps what the restore was of, and which creates were under way then: their secrets may have been shown and
 * confirmed after the backup, so that a person is asked before such a key is stopped. Those of an earlier restore
 * that the backup remembers stay among them.
 */
const REMEMBER = `
  insert into settings (topic, value, updated_at)
  select 'restore', jsonb_build_object('backupOf', $2::text, 'restoredAt', $3::text,
    'creates', coalesce(jsonb_agg(id), '[]'::jsonb)), $1
  from (
    select c.id::text as id from changes c
    where c.kind = 'create_key' and (c.state in ('planned', 'sent', 'unknown')
      or (c.state in ('applied', 'settled_not_applied') and c.look_at is not null))
    union
    select jsonb_array_elements_text(s.value -> 'creates') from settings s where s.topic = 'restore'
  ) open
  on conflict (topic) do update set value = excluded.value, updated_at = excluded.updated_at, updated_by = null
  returning jsonb_array_length(value -> 'creates') as creates`;

/** To be called before anything else is put to rest. */
async function rememberCreates(client: PoolClient, now: Date, backupOf: string): Promise<number> {
  const { rows } = await client.query<{ creates: number }>(REMEMBER, [now, backupOf, now.toISOString()]);
  return rows[0]?.creates ?? 0;
}

export async function putToRest(client: PoolClient, now: Date, backupOf: string): Promise<PutToRest> {
  const creates = await rememberCreates(client, now, backupOf);
  const run = async (name: keyof typeof steps) => (await client.query(steps[name], [now])).rowCount ?? 0;
  return {
    sessions: await run('sessions'),
    links: await run('links'),
    handOvers: await run('handOvers'),
    bulkRuns: await run('bulkRuns'),
    requests: await run('requests'),
    changes: await run('changes'),
    creates,
    deliveries: await run('deliveries'),
  };
}

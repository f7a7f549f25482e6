/** The size of the generated data. Its shape depends on nothing else, so that two runs can be compared. */
export type World = {
  readonly keys: number;
  readonly days: number;
  /** A key has a fact on every so-manieth day. */
  readonly stride: number;
};

export const CONNECTIONS = 4;
export const TEAMS = 40;
export const MODELS = 12;
export const OWNERS = 200;
export const WORKSPACES = 3;

/** 400 days; with very many keys about as many facts as 10,000 keys have in a year. */
export function worldOf(keys: number): World {
  return { keys, days: 400, stride: keys <= 20_000 ? 1 : Math.ceil((keys * 400) / 3_650_000) };
}

/** `k` is a key's number. Each team has keys at two connections, and every fiftieth key has no team. */
const teamOf = `(case when k % 50 = 0 then 0 else 1 + (k * 7919) % ${TEAMS} end)`;
const connectionOf = `(1 + ((k * 7919) % ${TEAMS} + k % 2) % ${CONNECTIONS})`;

type Statement = { readonly text: string; readonly values?: readonly unknown[] };

/** What facts hang on: connections, workspaces, teams, people, keys and who owns them. Run in this order. */
export function foundation({ keys, days }: World): Statement[] {
  return [
    {
      text: `insert into connections (provider, name, base_url, generation, key_tail, key_set_at, created_at)
        select case when n = ${CONNECTIONS} then 'requesty' else 'openrouter' end, 'Account ' || n,
          'http://127.0.0.1:9', 'current', 'none', now(), now()
        from generate_series(1, ${CONNECTIONS}) n`,
    },
    {
      text: `insert into containers (connection_id, external_id, kind, name, last_seen_at)
        select c, 'workspace-' || c || '-' || w, case when c = ${CONNECTIONS} then 'group' else 'workspace' end,
          (array['Production', 'Staging', 'Research'])[w], now()
        from generate_series(1, ${CONNECTIONS}) c, generate_series(1, ${WORKSPACES}) w order by c, w`,
    },
    {
      text: `insert into teams (name) select 'Team ' || to_char(n, 'FM00') from generate_series(1, ${TEAMS}) n`,
    },
    {
      text: `insert into users (email, name, role)
        select 'owner-' || n || '@example.com', 'Owner ' || to_char(n, 'FM000'), 'lead'
        from generate_series(1, ${OWNERS}) n`,
    },
    {
      text: `insert into models (name) select (array['openai/gpt', 'anthropic/claude', 'google/gemini', 'mistral/large'])[1 + n % 4]
        || '-' || n from generate_series(1, ${MODELS}) n`,
    },
    { text: KEYS, values: [keys, days] },
    {
      text: `insert into key_assignments (key_id, team_id, owner_id, from_day)
        select id, team_id, owner_id, (now() at time zone 'UTC')::date - $1::int from keys where team_id is not null`,
      values: [days],
    },
    {
      text: `insert into usage_days (connection_id, day, state, source, fetched_at)
        select c, d::date, case when d::date = (now() at time zone 'UTC')::date then 'open' else 'complete' end,
          'analytics', now()
        from generate_series(1, ${CONNECTIONS}) c,
          generate_series((now() at time zone 'UTC')::date - $1::int + 1, (now() at time zone 'UTC')::date, interval '1 day') d`,
      values: [days],
    },
    {
      text: `insert into reads (connection_id, kind, state, started_at, alive_at, finished_at, done, total)
        select c, kind, 'complete', now(), now(), now(), $1, $1
        from generate_series(1, ${CONNECTIONS}) c, (values ('keys'), ('usage')) kinds (kind)`,
      values: [keys],
    },
  ];
}

const KEYS = `
  insert into keys (connection_id, external_id, container_id, name, masked_label, is_disabled, limit_kind,
    include_byok_in_limit, provider_created_at, creator_email, team_id, owner_id, first_seen_at, last_seen_at)
  select ${connectionOf}, md5('key ' || k) || md5('again ' || k),
    (${connectionOf} - 1) * ${WORKSPACES} + 1 + k % ${WORKSPACES},
    (array['checkout', 'support', 'search', 'billing', 'ingest', 'notebook', 'eval', 'agent'])[1 + k % 8] || '-'
      || (array['prod', 'staging', 'dev', 'ci'])[1 + (k / 8) % 4] || '-' || k,
    'sk-or-v1-' || left(md5('key ' || k), 3) || '...' || right(md5('key ' || k), 3), k % 33 = 0, 'unlimited',
    k % 4 = 0, now() - make_interval(days => $2::int - k % 300), 'owner-' || 1 + k % ${OWNERS} || '@example.com',
    nullif(${teamOf}, 0),
    case when k % 50 = 0 then null else (select id from users where email = 'owner-' || 1 + k % ${OWNERS} || '@example.com') end,
    now(), now()
  from generate_series(1, $1::int) k`;

/**
 * Facts of some days, `$1` to `$2` days before today. A few keys spend most of the money; weekends are quieter;
 * every fortieth key has been idle for two months.
 */
export function factsOf({ keys, stride }: World): string {
  // In floating point up to the last step: powers of exact decimals take a hundred times longer.
  const spend = `round((40::float8 * power((1 + (k * 7919::bigint) % ${keys})::float8, -0.8::float8)
    * (case when extract(isodow from day) > 5 then 0.3 else 1 end)::float8
    * (0.6::float8 + ((k * 104729::bigint + ago * 7907) % 1000)::float8 / 1250))::numeric, 6)`;
  return `
    insert into usage_facts (connection_id, day, key_id, model_id, team_id, requests, prompt_tokens, completion_tokens,
      reasoning_tokens, spend, byok_spend, source, fetched_at)
    select ${connectionOf}, day, k, 1 + (k + ago / 90) % ${MODELS}, ${teamOf}, 1 + (spend * 90)::bigint,
      400 + (spend * 90000)::bigint, 60 + (spend * 12000)::bigint, (spend * 2000)::bigint, spend,
      case when k % 9 = 0 then round(spend / 3, 6) else 0 end, 'analytics', now()
    from (
      select k, ago, day, ${spend} as spend
      from generate_series($1::int, $2::int, -1) ago
        cross join lateral (select (now() at time zone 'UTC')::date - ago as day) days
        cross join generate_series(1, ${keys}) k
      where (k + ago) % ${stride} = 0 and (ago > 60 or k % 40 <> 0)
    ) each`;
}

const counters = [
  'requests',
  'prompt_tokens',
  'completion_tokens',
  'reasoning_tokens',
  'spend',
  'byok_spend',
];
const names = counters.join(', ');
const sums = counters.map((name) => `sum(${name})`).join(', ');
const monthOf = "date_trunc('month', day::timestamp)::date";

/** The roll-ups as the facts give them. */
export const rollUps: readonly string[] = [
  `insert into usage_by_day (day, connection_id, team_id, model_id, ${names})
    select day, connection_id, team_id, model_id, ${sums} from usage_facts group by 1, 2, 3, 4`,
  `insert into usage_by_dimension (dimension, member_id, day, connection_id, ${names})
    select dimension, case dimension when 'connection' then connection_id when 'team' then team_id else model_id end,
      day, connection_id, ${sums}
    from usage_by_day cross join (values ('connection'), ('team'), ('model')) dimensions (dimension)
    group by 1, 2, 3, 4`,
  `insert into usage_by_key_month (month, key_id, team_id, connection_id, ${names})
    select ${monthOf}, key_id, team_id, connection_id, ${sums} from usage_facts group by 1, 2, 3, 4`,
];

/** What providers tell of each key's own windows and limit, from its facts. */
export const keyWindows = `
  with recent as (
    select key_id, sum(spend) filter (where day = (now() at time zone 'UTC')::date) as daily,
      sum(spend) filter (where day >= date_trunc('week', now() at time zone 'UTC')::date) as weekly
    from usage_facts where connection_id in (select id from connections)
      and day >= date_trunc('week', now() at time zone 'UTC')::date group by 1
  ), months as (
    select key_id, sum(spend) filter (where month = date_trunc('month', now() at time zone 'UTC')::date) as monthly,
      sum(spend) as lifetime
    from usage_by_key_month group by 1
  ), told as (
    select k.id, coalesce(r.daily, 0) as daily, coalesce(r.weekly, 0) as weekly, coalesce(m.monthly, 0) as monthly,
      coalesce(m.lifetime, 0) as lifetime,
      (array[null, 'monthly', 'monthly', 'monthly', 'monthly', 'monthly', 'daily', 'weekly', 'total', null])[1 + k.id % 10] as period
    from keys k left join recent r on r.key_id = k.id left join months m on m.key_id = k.id
  ), limited as (
    select *, ceil(1 + (case period when 'daily' then daily when 'weekly' then weekly when 'monthly' then monthly
      else lifetime end) * (1 + id % 7 / 4.0)) as amount from told
  )
  update keys k set spend_daily = l.daily, spend_weekly = l.weekly, spend_monthly = l.monthly,
    spend_lifetime = l.lifetime, byok_daily = 0, byok_weekly = 0, byok_monthly = 0, byok_lifetime = 0,
    limit_kind = case when period is null then 'unlimited' else 'capped' end,
    limit_period = period, limit_amount = case when period is not null then amount end,
    limit_remaining = case when period is not null then amount - (case period when 'daily' then daily
      when 'weekly' then weekly when 'monthly' then monthly else lifetime end) end
  from limited l where l.id = k.id`;

const differs = (a: string, b: string): string =>
  `row(${counters.map((name) => `${a}.${name}`).join(', ')}) is distinct from row(${counters.map((name) => `${b}.${name}`).join(', ')})`;
const totals = counters.map((name) => `sum(${name}) as ${name}`).join(', ');

/** How many rows of each roll-up are not what the facts add up to; missing rows count too. */
export const rollUpFaults: readonly string[] = [
  `with f as materialized (
    select day, connection_id, team_id, model_id, ${totals} from usage_facts group by 1, 2, 3, 4
  ), d as (
    select dimension, case dimension when 'connection' then connection_id when 'team' then team_id else model_id end
      as member_id, day, connection_id, ${totals}
    from f cross join (values ('connection'), ('team'), ('model')) dimensions (dimension) group by 1, 2, 3, 4
  )
  select (select count(*) from f full join usage_by_day r using (day, connection_id, team_id, model_id) where ${differs('f', 'r')})
    + (select count(*) from d full join usage_by_dimension r using (dimension, member_id, day, connection_id)
      where ${differs('d', 'r')}) as faults`,
  `select count(*) as faults from (
    select ${monthOf} as month, key_id, team_id, connection_id, ${totals} from usage_facts group by 1, 2, 3, 4
  ) f full join usage_by_key_month r using (month, key_id, team_id, connection_id) where ${differs('f', 'r')}`,
];

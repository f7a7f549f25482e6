import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from './bench-database.mjs';
import { median } from './statistics.mjs';

const ROWS = 1_000_000;
const RUNS = 3;
const LOOK_EVERY_MS = 20;
const LINE_FEED = 10;

/** The latest days that hold a million rows of a key and a day, or all there are. */
async function chooseDays(databaseUrl) {
  const client = await connect(databaseUrl);
  try {
    const { rows } = await client.query(
      `select min(day)::text as from, max(day)::text as to from (
        select day, sum(count(*)) over (order by day desc) - count(*) as later from usage_facts group by day
      ) days where later < $1`,
      [ROWS],
    );
    return rows[0];
  } finally {
    await client.end();
  }
}

/** Resident memory of a process and all that belong to its group, in MB; null where the system does not tell. */
function memoryMb(group) {
  let kilobytes = 0;
  try {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      kilobytes += memoryOf(pid, group);
    }
  } catch {
    return null;
  }
  return kilobytes === 0 ? null : kilobytes / 1_024;
}

function memoryOf(pid, group) {
  try {
    // The name in brackets may hold anything; state, parent and group follow it.
    const [, , ofGroup] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    if (Number(ofGroup) !== group) return 0;
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function watchMemory(group) {
  const before = memoryMb(group);
  let most = before;
  const timer = setInterval(() => {
    const now = memoryMb(group);
    if (now !== null && now > most) most = now;
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    return before === null ? null : most - before;
  };
}

/** Takes a file as a program does that saves it: not compressed, every byte read. */
function download(url, { path, cookie }) {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const call = request(new URL(path, url), { headers: { cookie } }, (answer) => {
      let firstMs = null;
      let bytes = 0;
      let lines = 0;
      answer.on('data', (part) => {
        firstMs ??= performance.now() - startedAt;
        bytes += part.length;
        for (let at = part.indexOf(LINE_FEED); at >= 0; at = part.indexOf(LINE_FEED, at + 1)) lines += 1;
      });
      answer.on('error', reject);
      answer.on('end', () => {
        if (answer.statusCode !== 200) return reject(new Error(`the export answered ${answer.statusCode}`));
        resolve({ firstMs, bytes, rows: lines - 1, ms: performance.now() - startedAt });
      });
    });
    call.on('error', reject);
    call.end();
  });
}

/**
 * Spend by key and day as CSV over HTTP, from the running console.
 * @param {{ url: string, state: { cookies: { name: string, value: string }[] }, databaseUrl: string, group: number }} options
 *   `group` is the process group of the console
 */
export async function measureExports({ url, state, databaseUrl, group }) {
  const cookie = state.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  const { from, to } = await chooseDays(databaseUrl);
  const pathOf = (first) => `/api/spend/export?by=key&from=${first}&to=${to}`;
  await download(url, { path: pathOf(to), cookie });
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) {
    const takeMost = watchMemory(group);
    const told = await download(url, { path: pathOf(from), cookie });
    runs.push({ ...told, mb: told.bytes / 1e6, extraMb: takeMost() });
  }
  const [first] = runs;
  const rates = runs.map(({ mb, ms }) => mb / (ms / 1_000));
  const extra = runs.flatMap(({ extraMb }) => extraMb ?? []);
  const size = `${first.rows.toLocaleString('en')} rows, ${first.mb.toFixed(0)} MB`;
  const detail = `median of ${RUNS}: ${size}; fastest ${Math.max(...rates).toFixed(1)}`;
  return [
    { id: 'export-rate', value: median(rates), detail },
    { id: 'export-first', value: median(runs.map(({ firstMs }) => firstMs)) },
    ...(extra.length > 0
      ? [{ id: 'export-memory', value: Math.max(...extra), detail: 'most of all runs' }]
      : []),
  ];
}

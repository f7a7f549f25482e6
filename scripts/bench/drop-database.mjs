import pg from 'pg';

// Run at the very end of a measurement: drops the database that it made on the server of DATABASE_URL.

const name = process.argv[2] ?? '';
if (!/^keyward_bench_[0-9a-f]{12}$/.test(name)) throw new Error('Not a database of a measurement.');
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
await client.query(`drop database if exists ${name} with (force)`);
await client.end();

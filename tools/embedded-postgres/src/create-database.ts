import { randomBytes } from 'node:crypto'

import { Client } from 'pg'

export interface Database extends AsyncDisposable {
  readonly url: string
  /** Ends every connection to it and removes it. Idempotent. */
  drop(): Promise<void>
}

/** A new, empty database on a server, given a superuser's URL of it. */
export async function createDatabase(server: string): Promise<Database> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await runOn(server, `CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  // The server sees that a connection was ended a moment after its pool has: one that it terminates then is an error of nobody.
  const drop = () => runOn(server, WAIT_FOR_ENDS.replace('$1', name), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  return { url: url.href, drop, [Symbol.asyncDispose]: drop }
}

/** Returns once nobody is connected to a database, or after half a second. */
const WAIT_FOR_ENDS = `DO $$ BEGIN
  FOR look IN 1..25 LOOP
    PERFORM pg_stat_clear_snapshot();
    EXIT WHEN NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = '$1');
    PERFORM pg_sleep(0.02);
  END LOOP;
END $$`

async function runOn(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

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
  const drop = () => runOn(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  return { url: url.href, drop, [Symbol.asyncDispose]: drop }
}

async function runOn(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

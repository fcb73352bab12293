import { randomBytes } from 'node:crypto'

import { migrateScheduler } from '@pm/scheduler-typeorm'
import { Client } from 'pg'
import { DataSource } from 'typeorm'

import type { Block } from './blocks-of.ts'

export interface SqlCheck extends AsyncDisposable {
  /** Rejects when PostgreSQL refuses a statement of the block. Nothing of it is kept. */
  run(block: Block): Promise<void>
}

/**
 * Runs blocks of SQL, each in a transaction that is rolled back, in a database with the scheduler's tables that is made
 * for the first of them. Names after `with:` are roles that exist. A statement with parameters is prepared alone, which
 * holds its names and types.
 */
export function createSqlCheck(postgresUrl: string): SqlCheck {
  const name = `docs_sql_${randomBytes(8).toString('hex')}`
  let opened: Promise<Client> | undefined
  let last: Promise<void> = Promise.resolve()

  async function runIn(client: Client, { code, with: roles }: Block): Promise<void> {
    await client.query('BEGIN')
    try {
      for (const role of roles) await client.query(`CREATE ROLE ${role}`)
      for (const [index, statement] of statementsOf(code).entries()) {
        await client.query(statement.includes('$1') ? `PREPARE block_${index} AS ${statement}` : statement)
      }
    } finally {
      await client.query('ROLLBACK')
      await client.query('DEALLOCATE ALL')
    }
  }

  return {
    run(block) {
      opened ??= openDatabase(postgresUrl, name)
      const turn = last.then(async () => runIn(await (opened as Promise<Client>), block))
      last = turn.catch(() => {})
      return turn
    },
    async [Symbol.asyncDispose]() {
      if (opened === undefined) return
      await (await opened).end()
      await withClient(postgresUrl, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`))
    },
  }
}

/** Statements end with a semicolon at the end of a line. */
function statementsOf(code: string): readonly string[] {
  return code
    .split(/;(?=\s*(?:--.*)?(?:\n|$))/)
    .filter((statement) => statement.replaceAll(/--.*$/gm, '').trim() !== '')
}

async function openDatabase(postgresUrl: string, name: string): Promise<Client> {
  await withClient(postgresUrl, (client) => client.query(`CREATE DATABASE ${name}`))
  const url = new URL(`/${name}`, postgresUrl).href
  const dataSource = await new DataSource({ type: 'postgres', url }).initialize()
  await migrateScheduler(dataSource)
  await dataSource.destroy()
  const client = new Client({ connectionString: url })
  await client.connect()
  return client
}

async function withClient(connectionString: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

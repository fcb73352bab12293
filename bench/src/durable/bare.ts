import { randomUUID } from 'node:crypto'

import { createTypeormSessions } from '@pm/scheduler-typeorm'

import type { Postgres } from '../lab/postgres.ts'
import type { Worker } from './contest.ts'
import { workFor } from './workers.ts'

/**
 * The floor: the rows of runs by one insert and one update, each in a transaction, without history, tallies or unique
 * due times.
 */
export async function openBare({ dataSource, serverPid }: Postgres): Promise<(size: number) => Worker> {
  await dataSource.query(
    'CREATE TABLE IF NOT EXISTS bare (id uuid PRIMARY KEY, job text, state text, at float8, settled float8)',
  )
  const sessions = createTypeormSessions(dataSource)
  let due = Date.now()

  async function batch(size: number): Promise<number> {
    const rows = Array.from({ length: size }, () => ({ id: randomUUID(), job: 'job', state: 'running', at: due++ }))
    await sessions.withSession((session) => session.query(INSERT, [JSON.stringify(rows)]))
    await sessions.withSession((session) => session.query(UPDATE, [rows.map(({ id }) => id)]))
    return size
  }
  return (size) => ({ name: 'bare', work: (ms) => workFor(ms, serverPid, () => batch(size)) })
}

const INSERT = `
  INSERT INTO bare SELECT * FROM json_to_recordset($1) AS r (id uuid, job text, state text, at float8, settled float8)`
const UPDATE = `UPDATE bare SET state = 'succeeded', settled = at WHERE id = ANY ($1)`

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type EmbeddedPostgres, startEmbeddedPostgres } from '@pm/embedded-postgres'
import type { EngineHarness, EngineSide } from '@pm/scheduler-testing/conformance'
import { createTypeormSessions } from '@pm/scheduler-typeorm'
import { Pool } from 'pg'
import { PgBoss } from 'pg-boss'
import { afterAll } from 'vitest'

import type { PgBossLike } from '../src/boss.ts'
import { createPgBossEngine, type PgBossEngineOptions, type QuerySession } from '../src/index.ts'
import { openDataSource } from './open-data-source.ts'
import { wayTo } from './way-to.ts'

/** How the engine of a side gets its pg-boss, on a database at that URL. */
export type EngineMaker = (place: EnginePlace) => Promise<MadeEngine>

export interface EnginePlace {
  readonly url: string
  readonly schema: string
  readonly prefix: string
}

export interface MadeEngine {
  readonly options: PgBossEngineOptions
  close?(): Promise<void>
}

export interface EngineBed {
  readonly url: string
  readonly admin: Pool
  /** A harness whose queues nobody else has. */
  harness(make: EngineMaker, schema: string): Promise<EngineHarness<QuerySession>>
}

/** A PostgreSQL of one test file, which its stories may stop. Each side reaches it through a proxy of its own. */
export async function createEngineBed(): Promise<EngineBed> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pg-boss-postgres-'))
  const settings = { max_connections: '300' }
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir, durable: false, settings })
  const { port, url } = server
  const admin = new Pool({ connectionString: url, max: 2 })
  admin.on('error', () => {})
  afterAll(async () => {
    await admin.end()
    await server.stop('immediate')
    rmSync(dataDir, { recursive: true, force: true })
  })
  let isUp = true
  const power = {
    async stop() {
      isUp = false
      await server.stop('fast')
    },
    async start() {
      server = await startEmbeddedPostgres({ dataDir, durable: false, settings, port })
      isUp = true
    },
  }
  let made = 0
  return {
    url,
    admin,
    async harness(make, schema) {
      const prefix = `t${++made}/`
      const sides: Side[] = []
      const nameOf = (scheduler: string, queue: string) => `${prefix}${scheduler}/${queue}`
      return {
        // A worker that dies rolls its unit back: nothing has to expire.
        againWithinMs: 3_000,
        server: power,
        async createSide() {
          const side = await createSide({ url, schema, prefix }, make)
          sides.push(side)
          return side
        },
        async deleteQueue(scheduler, queue) {
          await admin.query(`DELETE FROM ${schema}.job WHERE name = $1`, [nameOf(scheduler, queue)])
          await admin.query(`SELECT ${schema}.delete_queue($1)`, [nameOf(scheduler, queue)])
        },
        async putForeign(scheduler, queue, { id, data }) {
          await admin.query(`INSERT INTO ${schema}.job (id, name, data) VALUES ($1, $2, $3)`, [
            id,
            nameOf(scheduler, queue),
            data,
          ])
        },
        async close() {
          await Promise.all(sides.map((side) => side.close()))
          if (!isUp) await power.start()
        },
      }
    },
  }
}

interface Side extends EngineSide<QuerySession> {
  close(): Promise<void>
}

async function createSide(place: EnginePlace, make: EngineMaker): Promise<Side> {
  const { proxy, url } = await wayTo(place.url)
  const { options, close } = await make({ ...place, url })
  const dataSource = await openDataSource(url, 4)
  return {
    engine: createPgBossEngine(options),
    sessions: createTypeormSessions(dataSource),
    kill: async () => proxy.set({ kind: 'reset' }),
    async close() {
      await close?.()
      await dataSource.destroy()
      await proxy.close()
    },
  }
}

export const ownBoss: EngineMaker = async ({ url, schema, prefix }) => ({
  options: { connection: { connectionString: url, max: 2 }, schema, prefix },
})

/** A started `PgBoss` of the host, of any release. */
export function hostBoss(Boss: new (options: HostBossOptions) => HostBoss): EngineMaker {
  return async ({ url, schema, prefix }) => {
    const boss = new Boss({ connectionString: url, max: 2, schema, schedule: false })
    boss.on('error', () => {})
    await boss.start()
    return { options: { boss, schema, prefix }, close: () => boss.stop({ graceful: false }) }
  }
}

/** One whose database is an adapter of the host that cannot listen, as behind a pooler. */
export const deafBoss: EngineMaker = async ({ url, schema, prefix }) => {
  const pool = new Pool({ connectionString: url, max: 2 })
  pool.on('error', () => {})
  const boss = new PgBoss({ db: { executeSql: (text, values) => pool.query(text, values) }, schema, schedule: false })
  boss.on('error', () => {})
  await boss.start()
  return {
    options: { boss, schema, prefix },
    async close() {
      await boss.stop({ graceful: false })
      await pool.end()
    },
  }
}

interface HostBossOptions {
  connectionString: string
  max: number
  schema: string
  schedule: boolean
}

interface HostBoss extends PgBossLike {
  on(event: 'error', listener: (error: Error) => void): unknown
  start(): Promise<unknown>
  stop(options: { graceful: boolean }): Promise<void>
}

import { createRequire } from 'node:module'

import type { Logger } from '@pm/scheduler-core'

import { type PgBossLike, USED } from './boss.ts'
import { reasonOf, unsupported } from './errors.ts'
import type { PgBossConnection } from './options.ts'

export interface OpenBoss {
  readonly boss: PgBossLike
  close(): Promise<void>
}

export interface StartBossOptions {
  readonly connection: PgBossConnection
  readonly schema: string
  readonly migrate: boolean
  readonly logger: Logger
}

/** The tables of pg-boss 12.26.4. */
const LOWEST_SCHEMA = 37

/** Due times are core's, so its cron stays off. Whoever is open supervises, often enough that nothing waits for a minute. */
const SETTINGS = { schedule: false, supervise: true, superviseIntervalSeconds: 5, monitorIntervalSeconds: 5 } as const

/** Starts a `PgBoss` of our own. */
export async function startBoss({ connection, schema, migrate, logger }: StartBossOptions): Promise<OpenBoss> {
  checkVersion(installedVersion())
  const { PgBoss } = await import('pg-boss').catch((error: unknown) => {
    throw unsupported('no pg-boss', error)
  })
  const database = typeof connection === 'string' ? { connectionString: connection } : connection
  const boss = new PgBoss({ connectionTimeoutMillis: 3_000, max: 4, ...database, ...SETTINGS, schema, migrate })
  boss.on('error', (error) => logger.warn({ reason: reasonOf(error) }, 'pg-boss reports an error'))
  const close = () => boss.stop({ graceful: false, timeout: 1_000 })
  try {
    await boss.start()
    return { boss, close }
  } catch (error) {
    await close().catch(() => {})
    const reason = reasonOf(error)
    if (/not installed/.test(reason)) throw unsupported(`no tables of it in the schema ${schema}`)
    if (/requires migrations/.test(reason)) throw unsupported(`tables of another version in the schema ${schema}`)
    throw error
  }
}

/** Looks at the `PgBoss` of a host, which starts and stops it. */
export async function checkBoss(boss: PgBossLike, schema: string): Promise<OpenBoss> {
  checkVersion(installedVersion())
  const lacks = USED.find((name) => typeof boss[name] !== 'function')
  if (lacks !== undefined) throw unsupported(`a boss without ${lacks}()`)
  const version = await boss.schemaVersion().catch((error: unknown) => {
    if (/not opened/i.test(reasonOf(error))) throw unsupported('a boss that is not started')
    if (/does not exist/.test(reasonOf(error))) return null
    throw error
  })
  if (version === null) throw unsupported('a boss without its tables')
  if (version < LOWEST_SCHEMA) throw unsupported(`tables of version ${version}, older than ${LOWEST_SCHEMA}`)
  const { rows } = await boss.getDb().executeSql('SELECT to_regclass($1) IS NULL AS missing', [`${schema}.job`])
  if (rows.some((row) => (row as { missing: boolean }).missing))
    throw unsupported(`no table job in the schema ${schema}`)
  return { boss, close: async () => {} }
}

/** @throws SchedulerError `ENGINE_UNSUPPORTED` for another major. */
export function checkVersion(version: string | null): void {
  if (version !== null && !version.startsWith('12.')) throw unsupported(`pg-boss ${version}`)
}

/** Of the pg-boss beside us; `null` where there is none, such as in a bundle. */
function installedVersion(): string | null {
  try {
    return createRequire(import.meta.url)('pg-boss/package.json').version
  } catch {
    return null
  }
}

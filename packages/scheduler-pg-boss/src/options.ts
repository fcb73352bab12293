import { refuseOption } from '@pm/scheduler-core/store'

import type { PgBossLike } from './boss.ts'

/**
 * Where the database is: a URL, or what pg-boss takes of it. Named here, because the declarations of pg-boss do not compile
 * without `skipLibCheck`.
 */
export type PgBossConnection = string | PgBossAddress

export interface PgBossAddress {
  readonly application_name?: string
  readonly connectionString?: string
  readonly database?: string
  readonly host?: string
  /** How many connections there may be (default 4). */
  readonly max?: number
  readonly password?: string
  readonly port?: number
  /** As pg takes it: whether to encrypt, or options of TLS. */
  readonly ssl?: boolean | object
  readonly user?: string
}

interface CommonOptions {
  /** The schema of pg-boss's tables (default `pgboss`). The same as that of `boss`. */
  readonly schema?: string
  /** What the names of the queues begin with (default nothing): letters, digits, and `. _ - /`. */
  readonly prefix?: string
}

interface OwnBossOptions extends CommonOptions {
  /** The engine makes a `PgBoss` of its own, with its own connections, and supervises the queues. */
  readonly connection: PgBossConnection
  /**
   * Whether `open` makes and migrates pg-boss's tables (default true). With `false` it refuses tables of any other version,
   * newer ones too.
   */
  readonly migrate?: boolean
  readonly boss?: never
}

interface HostBossOptions extends CommonOptions {
  /** A `PgBoss` of yours that is started, on the same database. The engine neither starts nor stops it. */
  readonly boss: PgBossLike
  readonly connection?: never
  readonly migrate?: never
}

export type PgBossEngineOptions = HostBossOptions | OwnBossOptions

/** pg-boss writes the name into its statements as it is: a bare identifier, or one in quotes. */
const SCHEMA = /^(?:[a-z_]\w{0,49}|"[^"]{1,50}")$/i

/** @throws SchedulerError `INVALID_OPTIONS` without exactly one of `boss` and `connection`, or for a wrong value of one. */
export function checkOptions(options: PgBossEngineOptions): { schema: string } {
  if (!isObject(options)) refuseOption({ path: 'options', value: options, expected: 'an object' })
  const { boss, connection, schema = 'pgboss' } = options
  if ((boss === undefined) === (connection === undefined)) {
    const received = boss === undefined ? 'neither' : 'both'
    refuseOption({ path: 'boss', value: undefined, received, expected: 'either `boss` or `connection`' })
  }
  if (connection !== undefined && !isObject(connection) && (typeof connection !== 'string' || connection === '')) {
    // Whatever it is, it may have a password.
    refuseOption({ path: 'connection', value: undefined, received: typeof connection, expected: 'a URL, or an object' })
  }
  if (boss !== undefined && !isObject(boss)) {
    refuseOption({ path: 'boss', value: undefined, received: typeof boss, expected: 'a PgBoss' })
  }
  if (typeof schema !== 'string' || !SCHEMA.test(schema)) {
    refuseOption({
      path: 'schema',
      value: schema,
      expected: 'the name of a schema as pg-boss takes it, up to 50 letters',
    })
  }
  return { schema }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

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

interface SharedOptions {
  /** The schema of pg-boss's tables (default `pgboss`). The same as that of `boss`. */
  readonly schema?: string
  /** What the names of the queues begin with (default nothing): letters, digits, and `. _ - /`. */
  readonly prefix?: string
}

export interface OwnBossOptions extends SharedOptions {
  /** The engine makes a `PgBoss` of its own, with its own connections, and supervises the queues. */
  readonly connection: PgBossConnection
  /**
   * Whether `open` makes and migrates pg-boss's tables (default true). With `false` it refuses tables of any other version,
   * newer ones too.
   */
  readonly migrate?: boolean
  /** None beside a `connection` (default none). */
  readonly boss?: never
}

export interface HostBossOptions extends SharedOptions {
  /** A `PgBoss` of yours that is started, on the same database. The engine neither starts nor stops it. */
  readonly boss: PgBossLike
  /** None beside a `boss`, which has its own (default none). */
  readonly connection?: never
  /** None beside a `boss`, which made or checked its tables when it started (default none). */
  readonly migrate?: never
}

export type PgBossEngineOptions = HostBossOptions | OwnBossOptions

/** pg-boss writes the name into its statements as it is: a bare identifier, or one in quotes. */
const SCHEMA = /^(?:[a-z_]\w{0,49}|"[^"]{1,50}")$/i
/** What pg-boss takes in the name of a queue. */
const PREFIX = /^[\w./-]{0,100}$/

/**
 * Fills in the defaults.
 *
 * @throws SchedulerError `INVALID_OPTIONS` without exactly one of `boss` and `connection`, and for a value that is none of what
 *   the option takes.
 */
export function checkOptions(options: PgBossEngineOptions): { readonly schema: string; readonly prefix: string } {
  if (!isObject(options)) refuseOption({ path: 'options', value: options, expected: 'an object' })
  const { boss, connection, schema = 'pgboss', prefix = '' } = options
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
    const expected = 'the name of a schema as pg-boss takes it, up to 50 letters'
    refuseOption({ path: 'schema', value: schema, expected })
  }
  if (typeof prefix !== 'string' || !PREFIX.test(prefix)) {
    refuseOption({ path: 'prefix', value: prefix, expected: 'up to 100 letters, digits, and . _ - /' })
  }
  return { schema, prefix }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

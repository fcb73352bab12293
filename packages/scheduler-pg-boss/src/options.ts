import { refuseOption } from '@pm/scheduler-core/store'
import type { ConstructorOptions } from 'pg-boss'

import type { PgBossLike } from './boss.ts'

/** Where the database is: a URL, or what pg-boss takes of it. */
export type PgBossConnection =
  | string
  | Pick<
      ConstructorOptions,
      'application_name' | 'connectionString' | 'database' | 'host' | 'max' | 'password' | 'port' | 'ssl' | 'user'
    >

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
 * @throws SchedulerError `INVALID_OPTIONS` without exactly one of `boss` and `connection`, and for a schema or a prefix that
 *   pg-boss would not take.
 */
export function checkOptions(options: PgBossEngineOptions): { readonly schema: string; readonly prefix: string } {
  const { boss, connection, schema = 'pgboss', prefix = '' } = options
  if ((boss === undefined) === (connection === undefined)) {
    const received = boss === undefined ? 'neither' : 'both'
    refuseOption({ path: 'boss', value: undefined, received, expected: 'either `boss` or `connection`' })
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

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

/** @throws SchedulerError `INVALID_OPTIONS` without exactly one of `boss` and `connection`, or for a wrong schema. */
export function checkOptions({ boss, connection, schema = 'pgboss' }: PgBossEngineOptions): { schema: string } {
  if ((boss === undefined) === (connection === undefined)) {
    const received = boss === undefined ? 'neither' : 'both'
    refuseOption({ path: 'boss', value: undefined, received, expected: 'either `boss` or `connection`' })
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

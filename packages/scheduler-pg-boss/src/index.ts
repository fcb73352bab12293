// Imported first, so that an old Node fails with one clear sentence.
import '@pm/scheduler-core'

export type { ListenHandle, PgBossDb, PgBossLike } from './boss.ts'
export { createPgBossEngine } from './create-pg-boss-engine.ts'
export type {
  HostBossOptions,
  OwnBossOptions,
  PgBossAddress,
  PgBossConnection,
  PgBossEngineOptions,
} from './options.ts'
export type { QuerySession } from './session-db.ts'

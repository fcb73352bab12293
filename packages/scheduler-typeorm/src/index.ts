// Imported first, so that an old Node fails with one clear sentence.
import '@pm/scheduler-core'

export { assertSchema, migrateScheduler, type SchemaOptions } from './migrations/migrate-scheduler.ts'
export { type GrantOptions, schedulerGrants } from './migrations/scheduler-grants.ts'
export { schedulerMigrations } from './migrations/scheduler-migrations.ts'
export { createTypeormSessions, type TypeormSessionsOptions } from './sessions/create-typeorm-sessions.ts'
export { withoutSchedulerQueries } from './sessions/without-scheduler-queries.ts'
export { createTypeormStore } from './store/create-typeorm-store.ts'

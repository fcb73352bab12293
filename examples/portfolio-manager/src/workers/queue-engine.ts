import type { Engine } from '@pm/scheduler-core/store'
import { createPgBossEngine } from '@pm/scheduler-pg-boss'
import type { EntityManager } from 'typeorm'

/**
 * Carries the polls from the scheduler to its workers, by a queue in the same database. The owner of the tables has made
 * those of the queue.
 */
export function createQueueEngine(databaseUrl: string): Engine<EntityManager> {
  return createPgBossEngine({ connection: databaseUrl, migrate: false })
}

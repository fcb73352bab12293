import type { MigrationInterface, QueryRunner } from 'typeorm'

import { tableNames } from '../sql/names.ts'
import { applySteps } from './apply-steps.ts'
import { dropTables } from './drop-tables.ts'
import type { SchemaOptions } from './migrate-scheduler.ts'
import { STEPS } from './steps.ts'

/**
 * The same steps as migrations that a host lists in its own `DataSource.migrations`, when it wants one history for
 * everything: `migrations: [...own, ...schedulerMigrations()]`. They may be mixed with `migrateScheduler`: each step
 * is applied once, whoever comes first. Each is one transaction, also where the host runs its migrations with
 * `transaction: 'none'`.
 *
 * Reverting the first of them drops our tables with all history, and the schema only when a step made it and it is empty
 * then. Nothing else in the schema is touched.
 */
export function schedulerMigrations(options: SchemaOptions = {}): (new () => MigrationInterface)[] {
  const names = tableNames(options.schema)
  return STEPS.map(
    (step) =>
      class implements MigrationInterface {
        readonly name = step.name

        up(queryRunner: QueryRunner): Promise<void> {
          return inOneTransaction(queryRunner, async () => {
            await applySteps(queryRunner, names, step.version)
          })
        }

        async down(queryRunner: QueryRunner): Promise<void> {
          if (step.version === 1) await inOneTransaction(queryRunner, () => dropTables(queryRunner, names))
        }
      },
  )
}

/** In the transaction that the host's migrations run in, or in one of its own where they run without. */
async function inOneTransaction(queryRunner: QueryRunner, work: () => Promise<void>): Promise<void> {
  if (queryRunner.isTransactionActive) return work()
  await queryRunner.startTransaction('READ COMMITTED')
  try {
    await work()
    await queryRunner.commitTransaction()
  } catch (error) {
    await queryRunner.rollbackTransaction().catch(() => {})
    throw error
  }
}

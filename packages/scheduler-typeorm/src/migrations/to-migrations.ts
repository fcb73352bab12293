import type { MigrationInterface, QueryRunner } from 'typeorm'

import type { Names } from '../sql/names.ts'
import { applySteps } from './apply-steps.ts'
import { dropTables } from './drop-tables.ts'
import type { MigrationStep } from './steps.ts'

/** Steps as TypeORM migrations. Each step is one transaction, even when the host runs migrations without one. */
export function toMigrations(steps: readonly MigrationStep[], names: Names): (new () => MigrationInterface)[] {
  return steps.map(
    ({ name, version }) =>
      class implements MigrationInterface {
        readonly name = name

        up(queryRunner: QueryRunner): Promise<void> {
          return inOneTransaction(queryRunner, async () => {
            await applySteps(queryRunner, names, { steps, upTo: version })
          })
        }

        async down(queryRunner: QueryRunner): Promise<void> {
          if (version === 1) await inOneTransaction(queryRunner, () => dropTables(queryRunner, names, steps))
        }
      },
  )
}

/** Runs `work` in the transaction of the host's migrations, or in a new one when the host uses none. */
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

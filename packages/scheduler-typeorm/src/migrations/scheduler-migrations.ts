import type { MigrationInterface, QueryRunner } from 'typeorm'

import { queryRows } from '../query.ts'
import { tableNames } from '../sql/names.ts'
import { applySteps } from './apply-steps.ts'
import type { SchemaOptions } from './migrate-scheduler.ts'
import { STEPS } from './steps.ts'

/**
 * The same steps as migrations that a host lists in its own `DataSource.migrations`, when it wants one history for
 * everything: `migrations: [...own, ...schedulerMigrations()]`. They may be mixed with `migrateScheduler`: each step
 * is applied once, whoever comes first. Reverting the first of them drops the schema with all history.
 */
export function schedulerMigrations(options: SchemaOptions = {}): (new () => MigrationInterface)[] {
  const names = tableNames(options.schema)
  return STEPS.map(
    (step) =>
      class implements MigrationInterface {
        readonly name = step.name

        async up(queryRunner: QueryRunner): Promise<void> {
          await applySteps(queryRunner, names, step.version)
        }

        async down(queryRunner: QueryRunner): Promise<void> {
          if (step.version === 1) await queryRows(queryRunner, `DROP SCHEMA IF EXISTS ${names.schema} CASCADE`)
        }
      },
  )
}

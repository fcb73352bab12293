import type { DataSource } from 'typeorm'

import { inTransaction } from '../sessions/in-transaction.ts'
import type { Names } from '../sql/names.ts'
import { applySteps } from './apply-steps.ts'
import type { MigrationStep } from './steps.ts'

export interface StepsToRun {
  readonly dataSource: DataSource
  readonly names: Names
  /** All steps of this release. */
  readonly steps: readonly MigrationStep[]
}

/** Applies the missing steps in one transaction and returns their versions. Throws as `applySteps` does. */
export function runSteps({ dataSource, names, steps }: StepsToRun): Promise<readonly number[]> {
  return inTransaction({ dataSource, unit: 'migrate' }, async (manager) => {
    // The host's time limits are meant for requests. Waiting for another migration or building an index may take
    // longer.
    await manager.query('SET LOCAL statement_timeout = 0')
    await manager.query('SET LOCAL lock_timeout = 0')
    return applySteps(manager, names, { steps })
  })
}

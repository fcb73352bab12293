import type { Names } from '../sql/names.ts'
import { controlTables } from './control-tables.ts'
import { definitionTables } from './definition-tables.ts'
import { ledgerTables } from './ledger-tables.ts'
import { tallyTables } from './tally-tables.ts'

/** One change of the schema. */
export interface MigrationStep {
  /** Counts from 1 without gaps. */
  readonly version: number
  /**
   * Ends in the 13-digit epoch milliseconds of its creation, which TypeORM requires and sorts the host's migrations by.
   */
  readonly name: string
  /**
   * The oldest version whose release can work with the tables after this step. A deploy can be rolled back to that
   * release.
   */
  readonly readableFrom: number
  statements(names: Names): readonly string[]
}

/**
 * Until 0.1.0 there is one step. A change of the tables edits this step and renames it; tables that were made under an
 * older name are refused, not upgraded. From 0.1.0 on, steps are added and never edited. A test checks both rules.
 *
 * The enumerated words and the counters are spelt out in the steps instead of imported from core, because a released
 * step must not change when core changes. Names are compared byte by byte (COLLATE "C"), so that rows are locked in the
 * same order on every server.
 */
export const STEPS: readonly MigrationStep[] = [
  {
    version: 1,
    name: 'PmSchedulerTables1796058591342',
    readableFrom: 1,
    statements: (names) => [
      ...controlTables(names),
      ...definitionTables(names),
      ...ledgerTables(names),
      ...tallyTables(names),
    ],
  },
]

/** The version of the tables after the last of these steps. */
export function versionOf(steps: readonly MigrationStep[]): number {
  return steps.length
}

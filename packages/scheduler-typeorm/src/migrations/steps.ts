import type { Names } from '../sql/names.ts'
import { controlTables } from './control-tables.ts'
import { ledgerTables } from './ledger-tables.ts'
import { tallyTables } from './tally-tables.ts'

/** One change of the schema. */
export interface MigrationStep {
  /** Counts from 1 without gaps. */
  readonly version: number
  /** As TypeORM wants it: ends in the 13 digits of the milliseconds at which it was made, which order it among the host's. */
  readonly name: string
  /** The oldest version whose release can still work with the tables as this step leaves them: so far back a deploy can go. */
  readonly readableFrom: number
  statements(names: Names): readonly string[]
}

/**
 * Until 0.1.0 there is one step, and a change of the tables edits it and gives it a new name: tables that were made under
 * an older name are refused, not upgraded. From 0.1.0 on steps are only added, and none is edited. A test holds both.
 *
 * The words and counters are spelt out where the tables are made, and not taken from core: once released, what a step makes
 * must not change with the code. Names are compared byte by byte (COLLATE "C"), so that rows are locked in the same order
 * on every server.
 */
export const STEPS: readonly MigrationStep[] = [
  {
    version: 1,
    name: 'PmSchedulerTables1795946400000',
    readableFrom: 1,
    statements: (names) => [...controlTables(names), ...ledgerTables(names), ...tallyTables(names)],
  },
]

/** The version that a release with these steps works with. */
export function versionOf(steps: readonly MigrationStep[]): number {
  return steps.length
}

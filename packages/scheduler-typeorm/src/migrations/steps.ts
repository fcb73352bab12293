import type { Names } from '../sql/names.ts'
import { createTables } from './step-1-tables.ts'
import { addJobSince } from './step-2-job-since.ts'
import { addConfiguration } from './step-3-configuration.ts'
import { addProgress } from './step-4-progress.ts'
import { addDistributions } from './step-5-distributions.ts'
import { createReceipts } from './step-6-receipts.ts'

/** One change of the schema. Steps are only ever added; a released one is never edited. */
export interface MigrationStep {
  /** Counts from 1 without gaps. */
  readonly version: number
  /** As TypeORM wants it: ends in the milliseconds of the day it was made, which order it among the host's own. */
  readonly name: string
  /** The oldest version whose release can still work with the tables as this step leaves them: so far back a deploy can go. */
  readonly readableFrom: number
  statements(names: Names): readonly string[]
}

export const STEPS: readonly MigrationStep[] = [
  { version: 1, name: 'PmSchedulerTables1763942400000', readableFrom: 1, statements: createTables },
  { version: 2, name: 'PmSchedulerJobSince1763985600000', readableFrom: 2, statements: addJobSince },
  { version: 3, name: 'PmSchedulerConfiguration1764028800000', readableFrom: 3, statements: addConfiguration },
  { version: 4, name: 'PmSchedulerProgress1764072000000', readableFrom: 4, statements: addProgress },
  { version: 5, name: 'PmSchedulerDistributions1764075600000', readableFrom: 5, statements: addDistributions },
  { version: 6, name: 'PmSchedulerReceipts1764115200000', readableFrom: 6, statements: createReceipts },
]

/** The version of the schema that this release works with. */
export const REQUIRED_VERSION = STEPS.length

import '#node-floor'

export { MAX_TIMER_MS } from './clock.ts'
export type { ConfigChange } from './control/config.ts'
export { configChanges } from './control/config-changes.ts'
export {
  applyToControl,
  COMMAND_KINDS,
  DESIRED_STATES,
  initialControl,
  markOf,
  type SchedulerCommand,
  subjectOf,
} from './control/control.ts'
export {
  type InstanceId,
  type OccurrenceKey,
  occurrenceId,
  parseRunId,
  type ReceiptId,
  randomInstanceId,
  randomRunId,
  receiptId,
} from './ids.ts'
export { MAX_COUNT } from './limits.ts'
export { seriesBucketWidth } from './metrics/series.ts'
export { type Refusal, refuseOption } from './options/refuse-option.ts'
export { type JobPlaces, placeJobs } from './plan/place-jobs.ts'
export * from './ports/definitions.ts'
export type * from './ports/engine.ts'
export type * from './ports/job-changes.ts'
export type * from './ports/leases.ts'
export type * from './ports/locked-jobs.ts'
export * from './ports/measures.ts'
export type { PageQuery } from './ports/pages.ts'
export type { CommandReceipt } from './ports/receipt.ts'
export type * from './ports/releases.ts'
export type { PoolState, SessionOptions } from './ports/session-provider.ts'
export type * from './ports/store.ts'
export type * from './ports/take-over.ts'
export {
  addTallies,
  CALL_COUNTERS,
  CALL_FACTS,
  CALL_MEASURES,
  type CallCounter,
  type CallMeasure,
  type CallTally,
  EMPTY_CALL_TALLY,
  EMPTY_RUN_TALLY,
  RUN_COUNTERS,
  RUN_FACTS,
  RUN_MEASURES,
  type RunCounter,
  type RunMeasure,
  type RunTally,
  type Tally,
  type TallyFacts,
  toTally,
} from './run/counters.ts'
export { addDistributions, type Distribution, distributionOf, EMPTY_DISTRIBUTION } from './run/distribution.ts'
export { FORGOTTEN_JOBS } from './run/forgotten-jobs.ts'
export { EMPTY_HISTOGRAM, type Histogram, histogramBucketOf } from './run/histogram.ts'
export {
  type NewRun,
  type NewUnrunRange,
  NO_ITEMS,
  type ProviderCalls,
  type RunProgress,
  type Settlement,
} from './run/ledger-entry.ts'
export { PAST_OUTCOMES } from './run/past-attempt.ts'
export {
  isOpenState,
  mayBecome,
  OPEN_RUN_STATES,
  type OpenRunState,
  RUN_STATES,
  RUN_TRANSITIONS,
  RUN_TRIGGERS,
  SETTLED_RUN_STATES,
  SKIP_REASONS,
  UNRUN_STATES,
} from './run/states.ts'
export { CAUSE_KINDS } from './run/stored-cause.ts'
export { type Outcome, tallySettlements, tallyUnrun } from './run/tally-entry.ts'
export { addUnmet, type Unmet, unmetByRange, unmetByRun } from './run/unmet.ts'
export {
  BUCKET_WIDTHS,
  type BucketWidth,
  bucketStart,
  coverWindow,
  type WindowCover,
  type WindowSpan,
} from './run/windows.ts'
export { toEpochMs } from './schedule/instant.ts'

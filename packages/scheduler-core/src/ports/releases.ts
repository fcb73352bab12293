import type { EpochMs } from '../clock.ts'
import type { ProviderCalls, Run } from '../run/ledger-entry.ts'
import type { RunLease } from './leases.ts'

export interface ReleaseInput {
  readonly scheduler: string
  readonly now: EpochMs
  readonly releases: readonly RunRelease[]
  /** How many milliseconds to wait for rows that another transaction holds. */
  readonly waitMs: number
}

/** A run as its owner leaves it. */
export interface RunRelease extends RunLease {
  /** What its attempts so far asked of each provider. */
  readonly calls: readonly ProviderCalls[]
  readonly spentMs: number
}

export type ReleaseResult = 'released' | 'fenced' | 'locked'

export interface LockReleasedInput {
  readonly scheduler: string
  readonly now: EpochMs
  /** The jobs whose runs may start now. */
  readonly startable: readonly string[]
  /** A run that was released after this was so by a clock that was ahead: its wait, by the same clock, is over. */
  readonly aheadFrom: EpochMs
  readonly limit: number
}

export interface ReleasedRuns {
  /** Those whose wait is over, and those of any job that shall be cancelled, the one released first first. */
  readonly runs: readonly Run[]
  /** When the next wait ends of those startable ones that are not answered; `null` when none waits. */
  readonly nextAt: EpochMs | null
}

export interface TakeUpInput {
  readonly scheduler: string
  readonly runs: readonly TakenUpRun[]
}

/** A released run with its new owner, and the fence that it had. */
export type TakenUpRun = Pick<Run, 'id' | 'fence' | 'owner' | 'attempt' | 'startedAt' | 'leaseUntil' | 'latenessMs'>

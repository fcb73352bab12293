import type { ContenderId } from './contender.ts'
import type { DispatchCounts } from './dispatch-log.ts'

/** One contender with one load: what a child process is asked to measure, and what it answers. */
export type Case = IdleCase | DispatchCase

interface CommonCase {
  readonly contender: ContenderId
  readonly jobs: number
}

export interface IdleCase extends CommonCase {
  readonly kind: 'idle'
}

export interface DispatchCase extends CommonCase {
  readonly kind: 'dispatch'
  /** How long runs go unmeasured at first, and how long they are measured then; whole seconds. */
  readonly warmUpMs: number
  readonly windowMs: number
}

/** What waiting jobs cost. */
export interface IdleResult {
  readonly kind: 'idle'
  readonly bytesPerJob: number
}

export interface DispatchResult extends DispatchCounts {
  readonly kind: 'dispatch'
  /** Of one core, during the window. */
  readonly cpuPercent: number
  readonly cpuUsPerRun: number
  /** Resident memory at the end, in MB. */
  readonly rssMb: number
}

export type CaseResult = IdleResult | DispatchResult

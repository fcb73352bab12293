import type { EpochMs } from '../clock.ts'
import type { InstanceId, RunId } from '../ids.ts'
import type { Run } from '../run/ledger-entry.ts'

/** The runs that an engine brought to a worker. */
export interface TakeOverInput {
  readonly scheduler: string
  readonly ids: readonly RunId[]
  /** The jobs whose runs may start at this worker now. */
  readonly jobs: readonly string[]
  readonly owner: InstanceId
  readonly now: EpochMs
  readonly leaseUntil: EpochMs
}

/** What became of them. An id that is in neither list is of no run that is queued: it is settled, running, or unknown. */
export interface TakenOver {
  /** Running now, each with its new owner, the next fence and its first attempt, in the order of `ids`. */
  readonly runs: readonly Run[]
  /** Still queued: of another job, or another transaction holds the row. */
  readonly left: readonly RunId[]
}

/** Which queued runs to hand to the engine again. */
export interface HandOverInput {
  readonly scheduler: string
  /** The jobs that the caller acts for. */
  readonly jobs: readonly string[]
  readonly now: EpochMs
  /** When a run that is handed over now is handed over again, unless a worker has it by then. */
  readonly leaseUntil: EpochMs
  readonly limit: number
}

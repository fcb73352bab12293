import type { EpochMs } from '../clock.ts'
import type { InstanceId, RunId } from '../ids.ts'
import type { RunProgress } from '../run/ledger-entry.ts'
import type { PastAttempt } from '../run/past-attempt.ts'
import type { StoredError } from '../run/stored-error.ts'
import type { InstanceLoad } from './definitions.ts'

export interface RenewInput {
  readonly scheduler: string
  readonly owner: InstanceId
  readonly leases: readonly RunLease[]
  readonly leaseUntil: EpochMs
  readonly now: EpochMs
  /** Written with the heartbeat (default: what is stored stays). */
  readonly load?: InstanceLoad
}

export interface RunLease {
  readonly runId: RunId
  readonly fence: number
  readonly attempt: number
  /** Replaces the stored progress. `null` clears it: a new attempt starts without progress. */
  readonly progress: RunProgress | null
  /** When the next attempt may begin, while the run waits for it; `null` while its handler runs. */
  readonly nextAttemptAt: EpochMs | null
  /** The error of the last attempt that failed; `null` before one has. */
  readonly error: StoredError | null
  /** Replaces the past attempts that are stored. Absent: they stay. */
  readonly pastAttempts?: readonly PastAttempt[]
}

export interface LeaseRenewal {
  readonly leases: readonly RenewedLease[]
  /** The store's own time when it answered; `null` when the store uses the process's clock. */
  readonly storeTime: EpochMs | null
}

export interface RenewedLease {
  readonly runId: RunId
  /**
   * `lost` when the run has another owner or is settled; `locked` when another transaction holds its row: renew again.
   */
  readonly outcome: 'kept' | 'lost' | 'locked'
  readonly cancelRequested: boolean
}

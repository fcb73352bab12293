import type { EpochMs } from '@pm/scheduler-core'

/**
 * Counts the requests to a provider for all instances together and across restarts.
 *
 * A request counts from its reservation until an instant that its owner sets. The owner replaces this instant when the
 * answer arrives. The first one is late enough for an owner that dies in between. `createMemoryQuotaLedger` is the
 * reference, `createSqlQuotaLedger` stores the counts in PostgreSQL.
 */
export interface QuotaLedger {
  /**
   * Reserves one more request if fewer than `limit` count at `now`. Atomic: with any number of concurrent callers, no
   * more than `limit` count at any instant.
   */
  reserve(request: ReserveRequest): Promise<Reservation>
  /** Changes the end of a request that was reserved until `heldUntil`. Does nothing if there is no such request. */
  settle(request: SettleReservation): Promise<void>
  /** The ends of all requests that count at `now`, soonest first. */
  read(request: ReadQuota): Promise<readonly EpochMs[]>
}

export interface ReadQuota {
  readonly provider: string
  readonly now: EpochMs
}

export interface ReserveRequest extends ReadQuota {
  readonly limit: number
  readonly heldUntil: EpochMs
  /** Aborting it ends the wait for a session. */
  readonly signal?: AbortSignal
}

export interface Reservation {
  readonly granted: boolean
  /** The ends of all requests that count now, this one included, soonest first. */
  readonly held: readonly EpochMs[]
}

export interface SettleReservation {
  readonly provider: string
  /** The end with which the request was reserved. */
  readonly heldUntil: EpochMs
  /** The new end. A past instant gives the request back. */
  readonly until: EpochMs
}

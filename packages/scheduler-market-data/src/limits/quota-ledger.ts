import type { EpochMs } from '@pm/scheduler-core'

/**
 * Counts a provider's requests where every instance sees them and no restart forgets them.
 *
 * A request counts from when it is reserved until an instant that its owner names, which it moves once the answer is
 * there. An owner that dies in between has named one that is late enough. `createMemoryQuotaLedger` is the reference,
 * `createSqlQuotaLedger` keeps it in PostgreSQL.
 */
export interface QuotaLedger {
  /**
   * Counts one more request if fewer than `limit` count at `now`. Atomic: however many ask at once, no more than `limit`
   * count at any instant.
   */
  reserve(request: ReserveRequest): Promise<Reservation>
  /** Moves the end of a request that was reserved until `heldUntil`. One that is not there any more is no error. */
  settle(request: SettleReservation): Promise<void>
  /** Until when each request counts that counts at `now`, soonest first. */
  read(request: ReadQuota): Promise<readonly EpochMs[]>
}

export interface ReadQuota {
  readonly provider: string
  readonly now: EpochMs
}

export interface ReserveRequest extends ReadQuota {
  readonly limit: number
  readonly heldUntil: EpochMs
  /** Aborting it abandons the wait for a session. */
  readonly signal?: AbortSignal
}

export interface Reservation {
  readonly granted: boolean
  /** Until when each request counts that counts now, this one included, soonest first. */
  readonly held: readonly EpochMs[]
}

export interface SettleReservation {
  readonly provider: string
  /** As it was reserved. */
  readonly heldUntil: EpochMs
  /** Counts until then instead; a past instant gives the request back. */
  readonly until: EpochMs
}

import type { Clock, EpochMs } from '@pm/scheduler-core'

import type { QuotaLedger } from './quota-ledger.ts'

/** A provider's quota of a day as a ledger keeps it, and what was last seen of it there. */
export interface KeptQuota {
  /** Takes one request; `refused` when none is left, `unavailable` when the ledger does not answer. */
  take(signal: AbortSignal): Promise<KeptRequest | 'refused' | 'unavailable'>
  /** Requests that were left when the ledger was last asked, less what ended since; `null` before that. */
  remaining(): number | null
  /** Until one more is left, by what was last seen; 0 when one is, or nothing was seen yet. */
  waitMs(): number
  /** Reads the ledger. One that does not answer is no error: what was seen before stands. */
  refresh(): Promise<void>
}

export interface KeptRequest {
  /** The answer is here, or the waiting for it over: it counts for a day from now. */
  end(): Promise<void>
  /** It was not sent. */
  giveBack(): Promise<void>
}

export interface KeptQuotaOptions {
  readonly ledger: QuotaLedger
  readonly provider: string
  readonly perDay: number
  readonly clock: Clock
  /** How long a request may be under way: if its owner dies, it may have arrived as late as that. */
  readonly timeoutMs: number
}

export function createKeptQuota({ ledger, provider, perDay, clock, timeoutMs }: KeptQuotaOptions): KeptQuota {
  let seen: readonly EpochMs[] | null = null
  const counting = () => seen?.filter((until) => until > clock.now()) ?? null

  return {
    async take(signal) {
      const now = clock.now()
      const heldUntil = now + timeoutMs + DAY_MS
      try {
        const reservation = await ledger.reserve({ provider, limit: perDay, now, heldUntil, signal })
        seen = reservation.held
        if (!reservation.granted) return 'refused'
      } catch {
        return 'unavailable'
      }
      // When the ledger does not answer, the request counts for a little longer than it has to.
      const settle = (until: EpochMs) => ledger.settle({ provider, heldUntil, until }).catch(() => {})
      return { end: () => settle(clock.now() + DAY_MS), giveBack: () => settle(now) }
    },
    remaining() {
      const held = counting()
      return held === null ? null : Math.max(0, perDay - held.length)
    },
    waitMs() {
      const held = counting() ?? []
      const until = held[held.length - perDay]
      return until === undefined ? 0 : until - clock.now()
    },
    async refresh() {
      seen = await ledger.read({ provider, now: clock.now() }).catch(() => seen)
    },
  }
}

const DAY_MS = 86_400_000

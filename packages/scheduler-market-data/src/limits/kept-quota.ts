import type { Clock, EpochMs } from '@pm/scheduler-core'

import { createDayEnd } from './day-end.ts'
import type { QuotaLimits } from './quota.ts'
import type { QuotaLedger } from './quota-ledger.ts'

/** A provider's daily quota in a ledger, with a copy of the state that was last read. */
export interface KeptQuota {
  /** Takes one request; `refused` when none is left, `unavailable` when the ledger does not answer. */
  take(signal: AbortSignal): Promise<KeptRequest | 'refused' | 'unavailable'>
  /** Requests that are left by the state that was last read; `null` before the first read. */
  remaining(): number | null
  /** Time until a request is left, by the state that was last read; 0 if one is left or nothing was read yet. */
  waitMs(): number
  /** Reads the ledger. Does not reject when the ledger does not answer; the last state remains. */
  refresh(): Promise<void>
}

export interface KeptRequest {
  /** The request was answered or given up: it counts until the end of its day. */
  end(): Promise<void>
  /** The request was not sent, so it does not count. */
  giveBack(): Promise<void>
}

export interface KeptQuotaOptions {
  readonly ledger: QuotaLedger
  readonly provider: string
  readonly limits: QuotaLimits & { readonly perDay: number }
  readonly clock: Clock
  /** How long a request may take. If its owner dies, the provider may have counted it as late as that. */
  readonly timeoutMs: number
}

export function createKeptQuota({ ledger, provider, limits, clock, timeoutMs }: KeptQuotaOptions): KeptQuota {
  const { perDay } = limits
  const dayEnd = createDayEnd(limits)
  let seen: readonly EpochMs[] | null = null
  const counting = () => seen?.filter((until) => until > clock.now()) ?? null

  return {
    async take(signal) {
      const now = clock.now()
      const heldUntil = dayEnd(now + timeoutMs)
      try {
        const reservation = await ledger.reserve({ provider, limit: perDay, now, heldUntil, signal })
        seen = reservation.held
        if (!reservation.granted) return 'refused'
      } catch {
        return 'unavailable'
      }
      // If the ledger does not answer, the request counts for a little longer than necessary.
      const settle = (until: EpochMs) => ledger.settle({ provider, heldUntil, until }).catch(() => {})
      return { end: () => settle(dayEnd(clock.now())), giveBack: () => settle(now) }
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

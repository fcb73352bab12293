import type { Clock, EpochMs } from '@pm/scheduler-core'

import { type HttpOutcome, type HttpRequest, sendRequest } from '../http/send-request.ts'
import type { ProviderLimits } from '../provider.ts'
import { type FetchRefusal, failed } from '../quote/quote-result.ts'
import { createBreaker, type Outage, type Verdict } from './breaker.ts'
import { createDayEnd } from './day-end.ts'
import { createKeptQuota } from './kept-quota.ts'
import type { ProviderSettings } from './provider-options.ts'
import { createQuota, type QuotaLimits } from './quota.ts'

/**
 * Decides whether a request of one provider may be sent: by its quota, its circuit breaker and the waits that it asked
 * for.
 */
export interface Gate {
  /**
   * Asks to begin work of one or several requests. The caller reports its end once through `settle`, which returns the
   * refusal with the time at which to ask again.
   */
  admit(): GateAdmission
  /**
   * Sends one request and counts it against the quota. Sends nothing and returns `refused` when the quota is used up.
   */
  send(request: GatedRequest): Promise<HttpOutcome | GateRefusal>
  read(): ProviderLimits
  /** Updates the limits of `read` with the use by other instances, and by this one before its restart. */
  refresh(): Promise<void>
}

export type GatedRequest = Pick<HttpRequest, 'url' | 'init' | 'signal' | 'readsBody'>

export interface GateRefusal {
  readonly kind: 'refused'
  readonly refusal: FetchRefusal
}

export type GateAdmission =
  | GateRefusal
  | { readonly kind: 'admitted'; readonly settle: (refusal: FetchRefusal | null) => FetchRefusal | null }

export function createGate(provider: string, settings: ProviderSettings): Gate {
  const { clock, fetch, timeoutMs, maxBytes, quotaLedger: ledger } = settings
  // The quota in memory applies too: unlike the ledger it does not depend on a wall clock, which may be corrected.
  const quota = createQuota(settings.quota, clock)
  const limits = settings.quota
  const kept = ledger && isDaily(limits) ? createKeptQuota({ ledger, provider, limits, clock, timeoutMs }) : null
  const breaker = createBreaker(clock, settings.breaker)
  const told = createToldDay(limits, clock)

  function remaining(): number | null {
    const known = [quota.remaining(), kept?.remaining() ?? null].filter((count) => count !== null)
    return known.length === 0 ? null : Math.min(...known)
  }

  function exhausted(): GateRefusal {
    const waitMs = quota.waitMs()
    const retryAt = waitMs === null ? null : inMs(clock, Math.max(waitMs, kept?.waitMs() ?? 0))
    return refused({ kind: 'rate-limited', code: 'QUOTA_EXHAUSTED', retryAt })
  }

  return {
    admit() {
      // Asked before the breaker, so that no probe is wasted on a request that the quota forbids.
      if (remaining() === 0) return exhausted()
      if (told.until !== null) return refused({ kind: 'rate-limited', code: 'QUOTA_EXHAUSTED', retryAt: told.until })
      const admission = breaker.admit()
      if (admission.kind === 'admitted') {
        return {
          kind: 'admitted',
          settle(settled) {
            const refusal = told.note(settled)
            admission.settle(verdictOn(refusal, clock))
            return refusal
          },
        }
      }
      const retryAt = endOf(admission, clock)
      if (admission.reason === 'failing') return refused({ kind: 'failed', code: 'CIRCUIT_OPEN', retryAt })
      const code = breaker.outage?.code === 'DAILY_LIMIT_REACHED' ? 'QUOTA_EXHAUSTED' : 'BACKING_OFF'
      return refused({ kind: 'rate-limited', code, retryAt })
    },
    async send(request) {
      if (quota.remaining() === 0) return exhausted()
      const reserved = await kept?.take(request.signal)
      if (reserved === 'refused') return exhausted()
      if (reserved === 'unavailable') return refused(failed(request.signal.aborted ? 'ABORTED' : 'QUOTA_UNAVAILABLE'))
      if (!quota.take()) {
        await reserved?.giveBack()
        return exhausted()
      }
      try {
        return await sendRequest({ ...request, fetch, clock, timeoutMs, maxBytes })
      } finally {
        quota.end()
        await reserved?.end()
      }
    },
    read() {
      const { state, outage } = breaker
      return {
        quotaRemaining: told.isUsedUp ? 0 : remaining(),
        circuit: state,
        circuitReason: outage?.code ?? null,
        circuitUntil: outage && endOf(outage, clock),
      }
    },
    refresh: async () => kept?.refresh(),
  }
}

/**
 * The provider's day by its own count, which includes requests that we know nothing of. Of a day without a zone the end is
 * unknown: then it is used up until the provider answers again, which the circuit tries from time to time.
 */
function createToldDay(limits: QuotaLimits, clock: Clock) {
  const dayEnd = createDayEnd(limits)
  let usedUpUntil = Number.NEGATIVE_INFINITY
  return {
    get isUsedUp() {
      return clock.now() < usedUpUntil
    },
    /** When the day ends that is used up; `null` when it is not, or its end is unknown. */
    get until(): EpochMs | null {
      return clock.now() < usedUpUntil && Number.isFinite(usedUpUntil) ? usedUpUntil : null
    },
    /** Notes what an answer says of the day, and returns the refusal with the time at which to ask again. */
    note(refusal: FetchRefusal | null): FetchRefusal | null {
      if (refusal === null) usedUpUntil = Number.NEGATIVE_INFINITY
      if (refusal?.code !== 'DAILY_LIMIT_REACHED') return refusal
      const until = limits.dayTimezone === undefined ? null : dayEnd(clock.now())
      usedUpUntil = until ?? Number.POSITIVE_INFINITY
      return until === null ? refusal : { ...refusal, retryAt: until }
    },
  }
}

/** `null` when the wait is over, or another request is just finding out whether it is. */
function endOf({ waitMs }: Pick<Outage, 'waitMs'>, clock: Clock): EpochMs | null {
  return waitMs > 0 ? inMs(clock, waitMs) : null
}

/** The whole millisecond that is at least this far ahead. A monotonic clock counts in fractions. */
function inMs(clock: Clock, waitMs: number): EpochMs {
  return Math.ceil(clock.now() + waitMs)
}

function isDaily(limits: QuotaLimits): limits is QuotaLimits & { readonly perDay: number } {
  return limits.perDay !== undefined
}

function refused(refusal: FetchRefusal): GateRefusal {
  return { kind: 'refused', refusal }
}

/**
 * The breaker counts only failures that concern every symbol. An unknown symbol or an invalid price shows that the
 * provider is up.
 */
function verdictOn(refusal: FetchRefusal | null, clock: Clock): Verdict {
  if (refusal === null || refusal.kind === 'unknown-symbol' || refusal.kind === 'invalid') return { kind: 'well' }
  if (refusal.kind === 'rate-limited') {
    const isTold = refusal.code === 'RATE_LIMITED' || refusal.code === 'DAILY_LIMIT_REACHED'
    if (!isTold || refusal.retryAt === null) return { kind: 'abandoned' }
    return { kind: 'told-to-wait', code: refusal.code, waitMs: Math.max(0, refusal.retryAt - clock.now()) }
  }
  const { code } = refusal
  return code === 'ABORTED' || code === 'QUOTA_UNAVAILABLE' ? { kind: 'abandoned' } : { kind: 'unwell', code }
}

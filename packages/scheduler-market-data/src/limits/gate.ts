import type { Clock } from '@pm/scheduler-core'

import { type HttpOutcome, type HttpRequest, sendRequest } from '../http/send-request.ts'
import type { ProviderSettings } from '../options.ts'
import type { ProviderLimits } from '../provider.ts'
import { failed, type Refusal } from '../quote/quote-result.ts'
import { createBreaker, type Verdict } from './breaker.ts'
import { createQuota } from './quota.ts'

/** Everything a request of one provider passes: its quota, its circuit breaker, the waits it was told to make. */
export interface Gate {
  /** Asks to begin a piece of work of one request or several, whose end is then reported once through `settle`. */
  admit(): GateAdmission
  /** Sends one request, counted against the quota; `refused`, with nothing sent, when that is used up. */
  send(request: GatedRequest): Promise<HttpOutcome | GateRefusal>
  read(): ProviderLimits
}

export type GatedRequest = Pick<HttpRequest, 'url' | 'init' | 'signal' | 'readsBody'>

export interface GateRefusal {
  readonly kind: 'refused'
  readonly refusal: Refusal
}

export type GateAdmission =
  | GateRefusal
  | { readonly kind: 'admitted'; readonly settle: (refusal: Refusal | null) => void }

export function createGate(settings: ProviderSettings): Gate {
  const { clock, fetch, timeoutMs, maxBytes } = settings
  const quota = createQuota(settings.quota, clock)
  const breaker = createBreaker(clock, settings.breaker)

  function exhausted(): GateRefusal {
    const waitMs = quota.waitMs()
    const retryAt = waitMs === null ? null : clock.now() + waitMs
    return { kind: 'refused', refusal: { kind: 'rate-limited', code: 'QUOTA_EXHAUSTED', retryAt } }
  }

  return {
    admit() {
      // Before the breaker, so that a probe is not spent on a request that could not be sent.
      if (quota.remaining() === 0) return exhausted()
      const admission = breaker.admit()
      if (admission.kind === 'admitted') {
        return { kind: 'admitted', settle: (refusal) => admission.settle(verdictOn(refusal, clock)) }
      }
      if (admission.reason === 'failing') return { kind: 'refused', refusal: failed('CIRCUIT_OPEN') }
      const retryAt = clock.now() + admission.waitMs
      return { kind: 'refused', refusal: { kind: 'rate-limited', code: 'BACKING_OFF', retryAt } }
    },
    async send(request) {
      if (!quota.take()) return exhausted()
      try {
        return await sendRequest({ ...request, fetch, clock, timeoutMs, maxBytes })
      } finally {
        quota.end()
      }
    },
    read: () => ({ quotaRemaining: quota.remaining(), circuit: breaker.state }),
  }
}

/** A provider that knows nothing of a symbol, or whose price is refused, is up: only what hits every symbol counts against it. */
function verdictOn(refusal: Refusal | null, clock: Clock): Verdict {
  if (refusal === null || refusal.kind === 'unknown-symbol' || refusal.kind === 'invalid') return { kind: 'well' }
  if (refusal.kind === 'rate-limited') {
    if (refusal.code !== 'RATE_LIMITED' || refusal.retryAt === null) return { kind: 'abandoned' }
    return { kind: 'told-to-wait', waitMs: Math.max(0, refusal.retryAt - clock.now()) }
  }
  return { kind: refusal.code === 'ABORTED' ? 'abandoned' : 'unwell' }
}

import type { Clock } from '@pm/scheduler-core'

import type { CircuitState } from '../circuit.ts'
import type { FetchRefusal } from '../quote/quote-result.ts'

export interface BreakerOptions {
  /** Consecutive failures that open it (default 3). */
  readonly failureThreshold?: number
  /** How long it stays open the first time (default 30,000). */
  readonly openMs?: number
  /** The longest time that it stays open, after any number of failures (default 900,000). */
  readonly maxOpenMs?: number
}

/**
 * The outcome of a request for the breaker. A provider that tells us to wait is not failing; one that answers nonsense
 * is.
 */
export type Verdict =
  | { readonly kind: 'well' | 'abandoned' }
  | { readonly kind: 'unwell'; readonly code: RefusalCode }
  | { readonly kind: 'told-to-wait'; readonly code: RefusalCode; readonly waitMs: number }

export type RefusalCode = FetchRefusal['code']

export type Admission =
  | { readonly kind: 'admitted'; readonly settle: (verdict: Verdict) => void }
  | { readonly kind: 'refused'; readonly reason: 'failing' | 'told-to-wait'; readonly waitMs: number }

/**
 * A circuit breaker; it measures time with the monotonic clock.
 *
 *     closed    -> open        the last `failureThreshold` requests failed, or the provider said to wait
 *     open      -> half_open   the wait is over and somebody asks: that one request goes through
 *     half_open -> closed      it succeeded
 *               -> open        it failed (for twice as long as the time before), or was told to wait
 *               -> open        it was abandoned: the next to ask tries again
 */
export interface Breaker {
  /**
   * Asks to send a request. The caller settles each admission once. An outcome from before a change of state is
   * ignored.
   */
  admit(): Admission
  readonly state: CircuitState
  /** Why it is not closed, and for how long it stays open; `null` while it is closed. */
  readonly outage: Outage | null
}

export interface Outage {
  /** The code of the refusal that opened it last. */
  readonly code: RefusalCode
  /** 0 when the next to ask tries again, or is just trying. */
  readonly waitMs: number
}

export function createBreaker(clock: Clock, options: BreakerOptions = {}): Breaker {
  const rules = { ...DEFAULTS, ...options }
  let circuit = CLOSED
  return {
    admit() {
      const decision = admit(circuit, clock.monotonic())
      circuit = decision.circuit
      if (decision.refusal !== null) return { kind: 'refused', ...decision.refusal }
      const { era } = circuit
      const settle = (verdict: Verdict) => {
        if (circuit.era === era) circuit = settleRequest(circuit, { verdict, rules, now: clock.monotonic() })
      }
      return { kind: 'admitted', settle }
    },
    get state() {
      return circuit.state
    },
    get outage() {
      return outageOf(circuit, clock.monotonic())
    },
  }
}

/** The state of a breaker as plain data. `era` grows with every transition, so that late outcomes can be recognised. */
export type Circuit =
  | { readonly state: 'closed'; readonly era: number; readonly failures: number }
  | {
      readonly state: 'open'
      readonly era: number
      readonly until: number
      readonly reason: 'failing' | 'told-to-wait'
      readonly code: RefusalCode
      /** How often it opened because of failures since it was last closed. */
      readonly openings: number
    }
  | {
      readonly state: 'half_open'
      readonly era: number
      readonly reason: 'failing' | 'told-to-wait'
      readonly code: RefusalCode
      readonly openings: number
    }

export type BreakerRules = Required<BreakerOptions>

export const CLOSED: Circuit = Object.freeze({ state: 'closed', era: 0, failures: 0 })

export interface AdmitDecision {
  readonly circuit: Circuit
  /** `null` when the request may be sent. */
  readonly refusal: { readonly reason: 'failing' | 'told-to-wait'; readonly waitMs: number } | null
}

export function admit(circuit: Circuit, now: number): AdmitDecision {
  if (circuit.state === 'closed') return { circuit, refusal: null }
  const { reason, code, openings } = circuit
  if (circuit.state === 'half_open') return { circuit, refusal: { reason, waitMs: 0 } }
  if (now < circuit.until) return { circuit, refusal: { reason, waitMs: circuit.until - now } }
  return { circuit: { state: 'half_open', era: circuit.era + 1, reason, code, openings }, refusal: null }
}

export function outageOf(circuit: Circuit, now: number): Outage | null {
  if (circuit.state === 'closed') return null
  return { code: circuit.code, waitMs: circuit.state === 'open' ? Math.max(0, circuit.until - now) : 0 }
}

export interface SettleRequestInput {
  readonly verdict: Verdict
  readonly rules: BreakerRules
  readonly now: number
}

export function settleRequest(circuit: Circuit, { verdict, rules, now }: SettleRequestInput): Circuit {
  if (circuit.state === 'open') return circuit
  const era = circuit.era + 1
  const openings = circuit.state === 'half_open' ? circuit.openings : 0
  switch (verdict.kind) {
    case 'well':
      return circuit.state === 'closed' ? { ...circuit, failures: 0 } : { state: 'closed', era, failures: 0 }
    case 'told-to-wait':
      return { state: 'open', era, until: now + verdict.waitMs, reason: 'told-to-wait', code: verdict.code, openings }
    case 'abandoned':
      if (circuit.state === 'closed') return circuit
      return { state: 'open', era, until: now, reason: circuit.reason, code: circuit.code, openings }
    case 'unwell': {
      const failures = circuit.state === 'closed' ? circuit.failures + 1 : rules.failureThreshold
      if (circuit.state === 'closed' && failures < rules.failureThreshold) return { ...circuit, failures }
      const openMs = Math.min(rules.openMs * 2 ** openings, rules.maxOpenMs)
      return {
        ...{ state: 'open', era, until: now + openMs, reason: 'failing' },
        ...{ code: verdict.code, openings: openings + 1 },
      }
    }
  }
}

const DEFAULTS: BreakerRules = { failureThreshold: 3, openMs: 30_000, maxOpenMs: 900_000 }

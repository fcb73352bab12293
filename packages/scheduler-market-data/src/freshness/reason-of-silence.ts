import type { EpochMs, FeedAttempt } from '@pm/scheduler-core'

import { NOT_ASKED_CODES } from '../quote/quote-result.ts'
import type { FreshnessReason } from './feed-reasons.ts'

/** How a feed was asked for. */
export interface Asking {
  /** When a provider was last asked for it, or would have been but for its limits (default unknown). */
  readonly askedAt?: EpochMs | null
  /** What became of the last question at each provider that gave no price (default unknown). */
  readonly attempts?: readonly FeedAttempt[]
}

/** Why a feed has no price at all. */
export function reasonOfNothing(asking: Asking): FreshnessReason {
  return reasonOfSymbol(asking) ?? (asking.askedAt === null ? 'never_asked' : 'never_answered')
}

/**
 * Why a price that was due has not come. `isInTime`: whether an instant is so recent that an answer of then would do.
 */
export function reasonOfLateness(asking: Asking, isInTime: (at: EpochMs) => boolean): FreshnessReason {
  const { askedAt = null } = asking
  const recent = offered(asking).filter(({ at }) => at !== null && isInTime(at))
  if (recent.length > 0 && recent.every(({ code }) => NOT_ASKED_CODES.has(code))) return 'held_back'
  const isAsked = recent.length > 0 || (askedAt !== null && isInTime(askedAt))
  if (isAsked) return reasonOfSymbol(asking) ?? 'not_answered'
  return askedAt === null ? 'late' : 'not_asked'
}

/**
 * What is told of the symbol itself. A delisting or another name that one provider tells is believed; that a symbol is
 * unknown, only when all say so that were asked.
 */
function reasonOfSymbol(asking: Asking): FreshnessReason | null {
  const codes = offered(asking).map(({ code }) => code)
  if (codes.includes('DELISTED')) return 'delisted'
  if (codes.includes('RENAMED')) return 'renamed'
  const answered = codes.filter((code) => !NOT_ASKED_CODES.has(code))
  return answered.length > 0 && answered.every((code) => code === 'UNKNOWN_SYMBOL') ? 'unknown_symbol' : null
}

/** Without the providers that have no instruments of its kind: they say nothing of it. */
function offered({ attempts = [] }: Asking): readonly FeedAttempt[] {
  return attempts.filter(({ code }) => code !== 'NOT_OFFERED')
}

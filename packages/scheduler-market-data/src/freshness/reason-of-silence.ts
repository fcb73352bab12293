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
  const { askedAt = null, attempts = [] } = asking
  const recent = attempts.filter(({ at }) => at !== null && isInTime(at))
  if (recent.length > 0 && recent.every(({ code }) => NOT_ASKED_CODES.has(code))) return 'held_back'
  const isAsked = recent.length > 0 || (askedAt !== null && isInTime(askedAt))
  if (isAsked) return reasonOfSymbol(asking) ?? 'not_answered'
  return askedAt === null ? 'late' : 'not_asked'
}

/** A delisting that one provider tells is believed; that a symbol is unknown, only when all say so. */
function reasonOfSymbol({ attempts = [] }: Asking): FreshnessReason | null {
  const codes = attempts.map(({ code }) => code).filter((code) => !NOT_ASKED_CODES.has(code))
  if (codes.some((code) => code.includes('DELISTED'))) return 'delisted'
  return codes.length > 0 && codes.every((code) => code === 'UNKNOWN_SYMBOL') ? 'unknown_symbol' : null
}

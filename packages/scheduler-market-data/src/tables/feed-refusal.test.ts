import { expect, test } from 'vitest'

import type { QuoteAttempt } from '../poll/collect-quotes.ts'
import { failed, invalid, unknownSymbol } from '../quote/quote-result.ts'
import { toFeedRefusals } from './feed-refusal.ts'

const ATTEMPTS: readonly (readonly [QuoteAttempt, wasAsked: boolean, hasAnswered: boolean])[] = [
  [{ ...failed('TIMEOUT'), provider: 'p' }, true, false],
  [{ ...failed('CIRCUIT_OPEN'), provider: 'p' }, false, false],
  [{ ...invalid('PRICE_ZERO'), provider: 'p' }, true, true],
  [{ ...unknownSymbol('UNKNOWN_SYMBOL'), provider: 'p' }, true, true],
  [{ ...unknownSymbol('NOT_OFFERED'), provider: 'p' }, false, false],
  [{ kind: 'rate-limited', code: 'RATE_LIMITED', retryAt: null, provider: 'p' }, true, false],
  [{ kind: 'rate-limited', code: 'QUOTA_EXHAUSTED', retryAt: null, provider: 'p' }, false, false],
]

test.each(ATTEMPTS)(
  'of %o it is known whether the provider was asked, and answered',
  (attempt, wasAsked, hasAnswered) => {
    const refused = [{ symbol: 'AAPL', attempts: [{ ...failed('PROVIDER_DISABLED'), provider: null }, attempt] }]
    const { code } = attempt
    expect(toFeedRefusals({ at: 5, refused })).toEqual([
      { symbol: 'AAPL', provider: 'p', at: 5, code, wasAsked, hasAnswered },
    ])
  },
)

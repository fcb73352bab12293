import { expect, test } from 'vitest'

import type { QuoteAttempt } from '../poll/collect-quotes.ts'
import { failed, invalid, NOT_ASKED_CODES, unknownSymbol } from '../quote/quote-result.ts'
import { toFeedRefusals } from './feed-refusal.ts'

const UNKNOWN = { ...unknownSymbol('UNKNOWN_SYMBOL', 90), provider: 'p' } as const
type Told = readonly [QuoteAttempt, wasAsked: boolean, hasAnswered: boolean, until?: number]
const ATTEMPTS: readonly Told[] = [
  [{ ...failed('TIMEOUT'), provider: 'p' }, true, false],
  [{ ...failed('CIRCUIT_OPEN'), provider: 'p' }, false, false],
  [{ kind: 'failed', code: 'CIRCUIT_OPEN', retryAt: 70, provider: 'p' }, false, false, 70],
  [{ ...invalid('PRICE_ZERO'), provider: 'p' }, true, true],
  [UNKNOWN, true, true, 90],
  [{ ...UNKNOWN, rememberedFrom: 1 }, false, false, 90],
  [{ ...unknownSymbol('NOT_OFFERED'), provider: 'p' }, false, false],
  [{ kind: 'rate-limited', code: 'RATE_LIMITED', retryAt: 80, provider: 'p' }, true, false, 80],
  [{ kind: 'rate-limited', code: 'QUOTA_EXHAUSTED', retryAt: null, provider: 'p' }, false, false],
]

test.each(ATTEMPTS)(
  'of %o it is known whether the provider was asked, and answered, and until when it is left alone',
  (attempt, wasAsked, hasAnswered, until = null) => {
    const refused = [{ symbol: 'AAPL', attempts: [{ ...failed('PROVIDER_DISABLED'), provider: null }, attempt] }]
    const { code } = attempt
    expect(toFeedRefusals({ at: 5, refused })).toEqual([
      { symbol: 'AAPL', provider: 'p', at: 5, code, until, wasAsked, hasAnswered },
    ])
  },
)

test('nobody was asked of all codes of a provider that is left alone', () => {
  for (const code of NOT_ASKED_CODES) {
    const attempt = { kind: 'failed', code, provider: 'p' } as QuoteAttempt
    expect(toFeedRefusals({ at: 5, refused: [{ symbol: 'AAPL', attempts: [attempt] }] })).toMatchObject([
      { code, wasAsked: false },
    ])
  }
})

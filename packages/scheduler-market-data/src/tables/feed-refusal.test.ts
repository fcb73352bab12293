import { expect, test } from 'vitest'

import type { QuoteAttempt } from '../poll/collect-quotes.ts'
import { failed, invalid, NOT_ASKED_CODES, unknownSymbol } from '../quote/quote-result.ts'
import { toFeedRefusals } from './feed-refusal.ts'

const UNKNOWN = { ...unknownSymbol('UNKNOWN_SYMBOL', 90), provider: 'p' } as const
interface Told {
  readonly attempt: QuoteAttempt
  readonly wasAsked?: boolean
  readonly hasAnswered?: boolean
  readonly until?: number
}

const ATTEMPTS: readonly Told[] = [
  { attempt: { ...failed('TIMEOUT'), provider: 'p' }, wasAsked: true },
  { attempt: { ...failed('CIRCUIT_OPEN'), provider: 'p' } },
  { attempt: { kind: 'failed', code: 'CIRCUIT_OPEN', retryAt: 70, provider: 'p' }, until: 70 },
  { attempt: { ...invalid('PRICE_ZERO'), provider: 'p' }, wasAsked: true, hasAnswered: true },
  { attempt: UNKNOWN, wasAsked: true, hasAnswered: true, until: 90 },
  { attempt: { ...UNKNOWN, rememberedFrom: 1 }, until: 90 },
  { attempt: { ...unknownSymbol('NOT_OFFERED'), provider: 'p' } },
  { attempt: { kind: 'rate-limited', code: 'RATE_LIMITED', retryAt: 80, provider: 'p' }, wasAsked: true, until: 80 },
  { attempt: { kind: 'rate-limited', code: 'QUOTA_EXHAUSTED', retryAt: null, provider: 'p' } },
]

test.each(ATTEMPTS)(
  'of $attempt it is known whether the provider was asked, and answered, and until when it is left alone',
  ({ attempt, wasAsked = false, hasAnswered = false, until = null }) => {
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

import type { EpochMs } from '@pm/scheduler-core'
import * as z from 'zod'

import type { EventTimePrecision, Quote } from './quote.ts'
import { INVALID_QUOTE_CODES, type InvalidQuoteCode, invalid, type QuoteResult, refuse } from './quote-result.ts'

/** A provider's answer about a symbol, unchecked. */
export interface QuoteCandidate {
  readonly symbol: unknown
  readonly price: unknown
  readonly currency: unknown
  /** Should be milliseconds since the Unix epoch. */
  readonly eventTime: unknown
  readonly eventTimePrecision: EventTimePrecision
  readonly name?: unknown
  readonly previousClose?: unknown
  /** True for futures, which have settled below zero (WTI on 20 April 2020); false for shares and indices. */
  readonly mayBeNegative: boolean
}

export interface CheckQuoteContext {
  /** The symbol that was asked for. */
  readonly symbol: string
  readonly provider: string
  readonly now: EpochMs
  /** How far ahead of our clock an event time may be. */
  readonly futureToleranceMs: number
}

/**
 * Makes a quote from an answer, or returns the code of what is wrong with it. Nothing is coerced: a price that is a
 * string is refused, and a missing field is missing, not 0.
 */
export function checkQuote(candidate: QuoteCandidate, context: CheckQuoteContext): QuoteResult {
  const { symbol, provider, now, futureToleranceMs } = context
  const refused = (code: InvalidQuoteCode) => refuse(symbol, invalid(code))

  const checked = CANDIDATE.safeParse(candidate)
  if (!checked.success) return refused(codeOf(checked.error))
  const { price, currency, eventTime } = checked.data
  if (!sameSymbol(checked.data.symbol, symbol)) return refused('SYMBOL_MISMATCH')
  if (price < 0 && !candidate.mayBeNegative) return refused('PRICE_NEGATIVE')
  if (eventTime > now + futureToleranceMs) return refused('EVENT_TIME_IN_FUTURE')

  const quote: Quote = Object.freeze({
    symbol,
    price,
    currency,
    eventTime,
    eventTimePrecision: candidate.eventTimePrecision,
    fetchedAt: now,
    provider,
    name: NAME.parse(candidate.name),
    previousClose: PREVIOUS_CLOSE.parse(candidate.previousClose),
  })
  return { kind: 'quote', symbol, quote }
}

/** Whether an answer is about the requested symbol. Ignores case, since providers answer in capitals. */
export function sameSymbol(answered: string, asked: string): boolean {
  return answered.toUpperCase() === asked.toUpperCase()
}

/**
 * Whether a text can be sent as a symbol: 1 to 32 printable ASCII characters without blanks and commas, which separate
 * symbols in a request.
 */
export function isSymbol(value: unknown): value is string {
  return typeof value === 'string' && SYMBOL.test(value)
}

const SYMBOL = /^[\x21-\x2b\x2d-\x7e]{1,32}$/

/** An upper limit, since database columns have one. No instrument costs a trillion in any currency. */
const MAX_PRICE = 1e12

const PRICE = z
  .number({ error: ({ input }) => numberCode(input) })
  .refine((price) => price !== 0, { error: 'PRICE_ZERO' satisfies InvalidQuoteCode })
  .refine((price) => Math.abs(price) <= MAX_PRICE, { error: 'PRICE_OUT_OF_RANGE' satisfies InvalidQuoteCode })

const CANDIDATE = z.object({
  symbol: z.string({ error: 'SYMBOL_MISMATCH' satisfies InvalidQuoteCode }),
  price: PRICE,
  currency: z
    .string({ error: ({ input }) => missingOr(input, 'CURRENCY_MISSING', 'CURRENCY_MALFORMED') })
    .regex(/^[A-Za-z]{3}$/, { error: ({ input }) => missingOr(input, 'CURRENCY_MISSING', 'CURRENCY_MALFORMED') }),
  eventTime: z
    .int({ error: ({ input }) => missingOr(input, 'EVENT_TIME_MISSING', 'EVENT_TIME_MALFORMED') })
    .positive({ error: 'EVENT_TIME_MALFORMED' satisfies InvalidQuoteCode }),
})

/** Name and previous close are extras: an invalid one is left out, and the quote remains valid. */
const NAME = z
  .string()
  .transform((name) => name.trim().slice(0, 120) || null)
  .nullable()
  .catch(null)
const PREVIOUS_CLOSE = PRICE.nullable().catch(null)

function numberCode(input: unknown): InvalidQuoteCode {
  return missingOr(input, 'PRICE_MISSING', typeof input === 'number' ? 'PRICE_NOT_FINITE' : 'PRICE_NOT_NUMERIC')
}

function missingOr(input: unknown, missing: InvalidQuoteCode, present: InvalidQuoteCode): InvalidQuoteCode {
  return input === undefined || input === null || input === '' ? missing : present
}

/** The schema above uses codes as zod messages. */
function codeOf(error: z.ZodError): InvalidQuoteCode {
  const message = error.issues[0]?.message
  return INVALID_QUOTE_CODES.find((code) => code === message) ?? 'PRICE_NOT_NUMERIC'
}

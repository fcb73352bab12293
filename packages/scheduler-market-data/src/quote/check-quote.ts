import type { EpochMs } from '@pm/scheduler-core'

import { type DecimalReading, readDecimal } from '../decimal/decimal.ts'
import { readInstrumentFacts } from './instrument-facts.ts'
import type { EventTimePrecision, ExtendedPrice, Quote } from './quote.ts'
import { type InvalidQuoteCode, invalid, type QuoteResult, refuse } from './quote-result.ts'

/** A provider's answer about a symbol, unchecked. */
export interface QuoteCandidate {
  readonly symbol: unknown
  /** Should be a decimal string, so that no digit is lost. A number stands for its shortest decimal. */
  readonly price: unknown
  readonly currency: unknown
  /** Should be milliseconds since the Unix epoch. */
  readonly eventTime: unknown
  readonly eventTimePrecision: EventTimePrecision
  readonly name?: unknown
  /** A decimal, as `price`. */
  readonly previousClose?: unknown
  /** Should be a whole number from 0, as a string or a number. */
  readonly volume?: unknown
  /** Should be `InstrumentFacts`, or some of them. */
  readonly instrument?: unknown
  /** Should be an `ExtendedPrice`. */
  readonly extended?: unknown
  /**
   * True for futures, which have settled below zero (WTI on 20 April 2020); false for shares and indices (default
   * false).
   */
  readonly mayBeNegative?: boolean
}

export interface CheckQuoteContext {
  /** The symbol that was asked for. */
  readonly symbol: string
  readonly provider: string
  readonly now: EpochMs
  /** How far ahead of our clock an event time may be. */
  readonly futureToleranceMs: number
  /** Whether the price may be below zero (default what the candidate says). */
  readonly mayBeNegative?: boolean
  /** When the answer came (default `now`). */
  readonly fetchedAt?: EpochMs
  /** Whether a text is the name of a time zone (default as the platform says, which takes about 0.1 ms). */
  readonly isZone?: (name: string) => boolean
}

/**
 * Makes a quote from an answer, or returns the code of what is wrong with it. Nothing is guessed: a text that is no
 * decimal is refused, and a missing field is missing, not 0. Name, previous close, volume, facts of the instrument and
 * extended price are extras: an invalid one is left out, and the quote remains valid.
 */
export function checkQuote(candidate: QuoteCandidate, context: CheckQuoteContext): QuoteResult {
  const { symbol, provider, now, futureToleranceMs, fetchedAt = now } = context
  const { mayBeNegative = candidate.mayBeNegative ?? false } = context
  const refused = (code: InvalidQuoteCode) => refuse(symbol, invalid(code))

  if (typeof candidate.symbol !== 'string' || !sameSymbol(candidate.symbol, symbol)) return refused('SYMBOL_MISMATCH')
  const price = readPrice(candidate.price, mayBeNegative)
  if (price.kind === 'refused') return refused(price.code)
  const { currency, eventTime } = candidate
  if (isMissing(currency)) return refused('CURRENCY_MISSING')
  if (typeof currency !== 'string' || !CURRENCY.test(currency)) return refused('CURRENCY_MALFORMED')
  if (isMissing(eventTime)) return refused('EVENT_TIME_MISSING')
  if (!isInstant(eventTime)) return refused('EVENT_TIME_MALFORMED')
  const latest = now + futureToleranceMs
  if (eventTime > latest) return refused('EVENT_TIME_IN_FUTURE')

  const quote: Quote = Object.freeze({
    symbol,
    price: price.price,
    currency,
    eventTime,
    eventTimePrecision: candidate.eventTimePrecision,
    fetchedAt,
    provider,
    name: readName(candidate.name),
    previousClose: priceOrNull(candidate.previousClose, mayBeNegative),
    volume: readVolume(candidate.volume),
    instrument: readInstrumentFacts(candidate.instrument, context.isZone),
    extended: readExtended(candidate.extended, { mayBeNegative, latest }),
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

/**
 * Digits of a price: no instrument costs a quadrillion in any currency, and the shortest decimal of a tiny number has
 * 17 digits after its zeros.
 */
const PRICE_LIMITS = { whole: 15, fraction: 30 } as const
const VOLUME_LIMITS = { whole: 30, fraction: 0 } as const

type PriceReading =
  | { readonly kind: 'price'; readonly price: string }
  | { readonly kind: 'refused'; readonly code: InvalidQuoteCode }

function readPrice(value: unknown, mayBeNegative: boolean): PriceReading {
  const reading = readDecimal(value, PRICE_LIMITS)
  if (reading.kind !== 'decimal') return { kind: 'refused', code: PRICE_CODES[reading.kind] }
  const { decimal } = reading
  if (decimal === '0') return { kind: 'refused', code: 'PRICE_ZERO' }
  if (decimal.startsWith('-') && !mayBeNegative) return { kind: 'refused', code: 'PRICE_NEGATIVE' }
  return { kind: 'price', price: decimal }
}

const PRICE_CODES = {
  missing: 'PRICE_MISSING',
  'not-numeric': 'PRICE_NOT_NUMERIC',
  'not-finite': 'PRICE_NOT_FINITE',
  'out-of-range': 'PRICE_OUT_OF_RANGE',
} as const satisfies Record<Exclude<DecimalReading['kind'], 'decimal'>, InvalidQuoteCode>

function priceOrNull(value: unknown, mayBeNegative: boolean): string | null {
  const reading = readPrice(value, mayBeNegative)
  return reading.kind === 'price' ? reading.price : null
}

function readVolume(value: unknown): string | null {
  const reading = readDecimal(value, VOLUME_LIMITS)
  return reading.kind === 'decimal' && !reading.decimal.startsWith('-') ? reading.decimal : null
}

interface ExtendedContext {
  readonly mayBeNegative: boolean
  /** The latest instant that an event time may have. */
  readonly latest: EpochMs
}

function readExtended(value: unknown, { mayBeNegative, latest }: ExtendedContext): ExtendedPrice | null {
  if (typeof value !== 'object' || value === null) return null
  const { session, eventTime, ...rest }: Partial<Record<keyof ExtendedPrice, unknown>> = value
  const price = priceOrNull(rest.price, mayBeNegative)
  if (price === null || !isInstant(eventTime) || eventTime > latest) return null
  return session === 'pre' || session === 'post' ? Object.freeze({ session, price, eventTime }) : null
}

function readName(value: unknown): string | null {
  return typeof value === 'string' ? value.trim().slice(0, MAX_NAME) || null : null
}

const MAX_NAME = 120
const CURRENCY = /^[A-Za-z]{3}$/

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}

function isInstant(value: unknown): value is EpochMs {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}

import type { EpochMs } from '@pm/scheduler-core'

import { compareText, cut } from '../lists.ts'
import type { Quote } from '../quote/quote.ts'
import { arrayLiteralOf, type Element } from './array-literal.ts'
import type { ColumnName } from './columns.ts'

/** By when the next answer after a quote is due; `null` when none is due any more. */
export type DueBy = (quote: Quote) => EpochMs | null

/** What is sent of each quote, in the order of the parameters. */
const SENT_VALUES = {
  symbol: ({ symbol }) => symbol,
  provider: ({ provider }) => provider,
  price: ({ price }) => price,
  currency: ({ currency }) => currency,
  eventTime: ({ eventTime }) => eventTime,
  eventTimePrecision: ({ eventTimePrecision }) => eventTimePrecision,
  name: ({ name }) => name,
  previousClose: ({ previousClose }) => previousClose,
  volume: ({ volume }) => volume,
  type: ({ instrument }) => instrument.type,
  exchange: ({ instrument }) => instrument.exchange,
  timezone: ({ instrument }) => instrument.timezone,
  marketState: ({ instrument }) => instrument.marketState,
  delayMs: ({ instrument }) => instrument.delayMs,
  extendedSession: ({ extended }) => extended?.session ?? null,
  extendedPrice: ({ extended }) => extended?.price ?? null,
  extendedEventTime: ({ extended }) => extended?.eventTime ?? null,
  fetchedAt: ({ fetchedAt }) => fetchedAt,
} as const satisfies { readonly [C in ColumnName]?: (quote: Quote) => Element }

export const SENT: readonly ColumnName[] = [...(Object.keys(SENT_VALUES) as (keyof typeof SENT_VALUES)[]), 'dueBy']

/** The columns of some quotes in the order of `SENT`, each as the text of an array. */
export function columnsOf(quotes: readonly Quote[], dueBy: DueBy): readonly string[] {
  const values: ((quote: Quote) => Element)[] = [...Object.values(SENT_VALUES), dueBy]
  return values.map((read) => arrayLiteralOf(quotes, read))
}

/**
 * Puts quotes into pieces of at most `size`, of which none has two quotes of one feed: a statement changes a row once.
 * Pieces and what is in them are in the order of symbol, provider and time, so that two that save at once wait for each
 * other in the same order and never in a circle.
 */
export function toPieces(quotes: readonly Quote[], size: number): readonly (readonly Quote[])[] {
  const rounds: Quote[][] = []
  let before: Quote | undefined
  let round = 0
  for (const quote of quotes.toSorted(compare)) {
    round = before?.symbol === quote.symbol && before.provider === quote.provider ? round + 1 : 0
    before = quote
    const rest = rounds[round] ?? []
    rounds[round] = rest
    rest.push(quote)
  }
  return rounds.flatMap((rest) => cut(rest, size))
}

function compare(a: Quote, b: Quote): number {
  return compareFeed(a, b) || a.eventTime - b.eventTime || a.fetchedAt - b.fetchedAt
}

/** The order of feeds in every statement that writes them. */
export function compareFeed(a: QuoteFeed, b: QuoteFeed): number {
  return compareText(a.symbol, b.symbol) || compareText(a.provider, b.provider)
}

type QuoteFeed = Pick<Quote, 'symbol' | 'provider'>

import type { Quote } from '../quote/quote.ts'
import { instrumentOf } from './feed-facts.ts'
import { type TextRow, text, textOrNull, whole, wholeOrNull } from './read-rows.ts'

/** The newest price that is kept of a symbol. `fetchedAt` is the last fetch of it. */
export type LatestPrice = Quote

/** A row of `latestStatement`. Decimals lose the zeros at their end, as those of a quote have none. */
export function readLatestPrice(row: TextRow): LatestPrice {
  return {
    symbol: text(row, 'symbol'),
    provider: text(row, 'provider'),
    price: plain(text(row, 'price')),
    currency: text(row, 'currency'),
    eventTime: whole(row, 'eventTime'),
    eventTimePrecision: text(row, 'eventTimePrecision') as Quote['eventTimePrecision'],
    name: textOrNull(row, 'name'),
    previousClose: plainOrNull(textOrNull(row, 'previousClose')),
    volume: plainOrNull(textOrNull(row, 'volume')),
    instrument: instrumentOf({
      type: textOrNull(row, 'type'),
      exchange: textOrNull(row, 'exchange'),
      timezone: textOrNull(row, 'timezone'),
      marketState: textOrNull(row, 'marketState'),
      delayMs: textOrNull(row, 'delayMs'),
    }),
    extended: readExtended(row),
    fetchedAt: whole(row, 'fetchedAt'),
  }
}

function readExtended(row: TextRow): Quote['extended'] {
  const session = textOrNull(row, 'extendedSession')
  const eventTime = wholeOrNull(row, 'extendedEventTime')
  if (eventTime === null || (session !== 'pre' && session !== 'post')) return null
  return { session, price: plain(text(row, 'extendedPrice')), eventTime }
}

function plainOrNull(decimal: string | null): string | null {
  return decimal === null ? null : plain(decimal)
}

function plain(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
}

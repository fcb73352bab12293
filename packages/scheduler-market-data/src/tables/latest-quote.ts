import type { Quote } from '../quote/quote.ts'
import { readExtended, trimZeros } from './extended-price.ts'
import { instrumentOf } from './feed-facts.ts'
import { type TextRow, text, textOrNull, whole } from './read-rows.ts'

/** The newest price that is kept of a symbol. `fetchedAt` is the last fetch of it. */
export type LatestPrice = Quote

/** A row of `latestStatement`. Decimals lose the zeros at their end, as those of a quote have none. */
export function readLatestPrice(row: TextRow): LatestPrice {
  return {
    symbol: text(row, 'symbol'),
    provider: text(row, 'provider'),
    price: trimZeros(text(row, 'price')),
    currency: text(row, 'currency'),
    eventTime: whole(row, 'eventTime'),
    eventTimePrecision: text(row, 'eventTimePrecision') as Quote['eventTimePrecision'],
    name: textOrNull(row, 'name'),
    previousClose: trimOrNull(textOrNull(row, 'previousClose')),
    volume: trimOrNull(textOrNull(row, 'volume')),
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

function trimOrNull(decimal: string | null): string | null {
  return decimal === null ? null : trimZeros(decimal)
}

import { checkTimezone } from '@pm/scheduler-core'
import { refuseOption } from '@pm/scheduler-core/store'

import { askOnce } from '../ask/ask-once.ts'
import { createQuoteProvider } from '../ask/create-quote-provider.ts'
import type { AskedSymbol } from '../ask/quote-source.ts'
import type { ProviderOptions } from '../limits/provider-options.ts'
import type { QuoteProvider } from '../provider.ts'
import { invalid, NOT_OFFERED } from '../quote/quote-result.ts'
import { type CsvColumns, type CsvListing, readCsvAnswer } from './read-csv-answer.ts'

export interface CsvQuoteOptions extends ProviderOptions {
  /** The name of the provider in metrics and results, such as `stooq`. */
  readonly name: string
  /** The address of the quotes of these names. A key in it appears nowhere else. */
  readonly urlOf: (names: readonly string[]) => string
  /** The columns that hold the values. */
  readonly columns: CsvColumns
  /** The IANA zone of the dates and times. */
  readonly timezone: string
  /** What the table does not say of a symbol; `null` for one that the provider does not have. */
  readonly listingOf: (symbol: string) => CsvListing | null
  /** How many symbols one request asks for (default 50). */
  readonly batchSize?: number
  /** One sign between two fields (default a comma). */
  readonly separator?: ',' | ';' | '\t' | '|'
  /** What stands for a missing value, beside an empty field (default `N/D`, `N/A` and `-`). */
  readonly missing?: readonly string[]
  /** Whether the key of `urlOf` is configured (default `null`: it needs none). Without its key the provider is disabled. */
  readonly apiKeyConfigured?: boolean | null
}

/**
 * A provider that answers with a table of comma-separated values, one line a symbol, such as Stooq or an export of your
 * own system. A line of an unknown symbol is missing, or has neither price nor date. Throws `INVALID_OPTIONS`.
 */
export function createCsvQuoteProvider(options: CsvQuoteOptions): QuoteProvider {
  const { name, urlOf, columns, timezone, listingOf, batchSize = 50, separator = ',' } = options
  const { missing = ['N/D', 'N/A', '-'], apiKeyConfigured = null, enabled = true } = options
  checkTimezone(timezone, 'timezone')
  if (![',', ';', '\t', '|'].includes(separator)) {
    refuseOption({ path: 'separator', value: separator, expected: 'one of , ; | and a tab' })
  }
  const context = { columns, separator, timezone, missing, listingOf }

  const source = {
    name,
    batchSize,
    apiKeyConfigured,
    nameOf: (symbol: string) => listingOf(symbol)?.name ?? NOT_OFFERED,
    refuse({ symbol }: AskedSymbol) {
      const isKnown = columns.currency !== undefined || (listingOf(symbol)?.currency ?? null) !== null
      return isKnown ? null : invalid('CURRENCY_MISSING')
    },
    ask: askOnce({
      name,
      request: (asked) => ({ url: urlOf(asked.map(({ name }) => name)) }),
      read: (text, asked, tools) => readCsvAnswer(text, { ...context, ...tools, asked }),
    }),
  }
  return createQuoteProvider(source, { ...options, enabled: enabled && apiKeyConfigured !== false })
}

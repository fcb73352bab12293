import * as z from 'zod'

import { parseJson } from '../http/read-body.ts'
import { type CheckQuoteContext, checkQuote, type QuoteCandidate, sameSymbol } from '../quote/check-quote.ts'
import { type FetchRefusal, failed, invalid, type QuoteResult, refuse, UNKNOWN_SYMBOL } from '../quote/quote-result.ts'

export type ReadQuotesContext = Omit<CheckQuoteContext, 'symbol'>

/**
 * Reads the body of a `/v7/finance/quote` answer with status 200: one result for each symbol, or the refusal that
 * concerns them all. Yahoo leaves out the symbols that it does not know.
 */
export function readQuotes(
  text: string,
  symbols: readonly string[],
  context: ReadQuotesContext,
): readonly QuoteResult[] | FetchRefusal {
  const json = parseJson(text)
  if (json === undefined) return failed('BODY_NOT_JSON')
  const problem = PROBLEM.safeParse(json)
  if (problem.success)
    return failed(problem.data.finance.error.code === 'Unauthorized' ? 'ACCESS_DENIED' : 'PROVIDER_ERROR')
  const body = BODY.safeParse(json)
  if (!body.success) return failed('BODY_UNEXPECTED')

  const entries = body.data.quoteResponse.result.flatMap((entry) => ENTRY.safeParse(entry).data ?? [])
  const uninvited = entries.some(({ symbol }) => !symbols.some((asked) => sameSymbol(symbol, asked)))
  return symbols.map((symbol) => {
    const [entry, ...others] = entries.filter((candidate) => sameSymbol(candidate.symbol, symbol))
    if (others.length > 0) return refuse(symbol, invalid('DUPLICATE_ANSWER'))
    if (entry !== undefined && entry['quoteType'] !== DELISTED) {
      return checkQuote(candidateOf(entry), { symbol, ...context })
    }
    // If Yahoo answers about another symbol instead, the requested symbol is not known to be missing.
    return refuse(symbol, entry === undefined && uninvited ? invalid('SYMBOL_MISMATCH') : UNKNOWN_SYMBOL)
  })
}

const PROBLEM = z.object({ finance: z.object({ error: z.object({ code: z.string() }) }) })
const BODY = z.object({ quoteResponse: z.object({ result: z.array(z.unknown()) }) })
const ENTRY = z.looseObject({ symbol: z.string() })

/** The type of a symbol that Yahoo has delisted. */
const DELISTED = 'NONE'

function candidateOf(entry: z.infer<typeof ENTRY>): QuoteCandidate {
  const seconds = entry['regularMarketTime']
  return {
    symbol: entry.symbol,
    price: entry['regularMarketPrice'],
    currency: entry['currency'],
    eventTime: typeof seconds === 'number' ? seconds * 1000 : seconds,
    eventTimePrecision: 'exact',
    name: entry['longName'] ?? entry['shortName'],
    previousClose: entry['regularMarketPreviousClose'],
    volume: entry['regularMarketVolume'],
    mayBeNegative: entry['quoteType'] === 'FUTURE',
  }
}

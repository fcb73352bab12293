import * as z from 'zod'

import type { AskedSymbol, AskTools } from '../ask/quote-source.ts'
import { createJsonReader } from '../http/json.ts'
import { type FetchRefusal, failed, invalid, type QuoteResult, refuse, unknownSymbol } from '../quote/quote-result.ts'
import { candidateOf, EXACT_FIELDS } from './candidate-of.ts'
import type { YahooEntry } from './instrument-of.ts'

/**
 * Reads the body of a `/v7/finance/quote` answer with status 200: one result for each symbol, or the refusal that
 * concerns them all. Yahoo leaves out the symbols that it does not know. An odd entry costs its own symbol alone.
 */
export function readQuotes(
  text: string,
  asked: readonly AskedSymbol[],
  { check }: Pick<AskTools, 'check'>,
): readonly QuoteResult[] | FetchRefusal {
  const json = readJson(text)
  if (json === undefined) return failed('BODY_NOT_JSON')
  const problem = PROBLEM.safeParse(json)
  if (problem.success)
    return failed(problem.data.finance.error.code === 'Unauthorized' ? 'ACCESS_DENIED' : 'PROVIDER_ERROR')
  const body = BODY.safeParse(json)
  if (!body.success) return failed('BODY_UNEXPECTED')

  const answered = entriesByName(body.data.quoteResponse.result)
  const missing = asked.filter(({ name }) => !answered.has(keyOf(name)))
  const uninvited = answered.size - (asked.length - missing.length)
  // Other symbols than all of those of a list are the answer to another question.
  if (asked.length > 1 && missing.length === asked.length && uninvited > 0) return failed('BODY_UNEXPECTED')
  const absent = unknownSymbol(uninvited > 0 && missing.length <= uninvited ? 'RENAMED' : 'UNKNOWN_SYMBOL')

  return asked.map(({ symbol, name }) => {
    const [entry, ...others] = answered.get(keyOf(name)) ?? []
    if (entry === undefined) return refuse(symbol, absent)
    if (others.some((other) => !isSame(other, entry))) return refuse(symbol, invalid('DUPLICATE_ANSWER'))
    if (isDelisted(entry)) return refuse(symbol, unknownSymbol('DELISTED'))
    return check({ ...candidateOf(entry), symbol }, symbol)
  })
}

const readJson = createJsonReader(EXACT_FIELDS)

const PROBLEM = z.object({ finance: z.object({ error: z.object({ code: z.string() }) }) })
const BODY = z.object({ quoteResponse: z.object({ result: z.array(z.unknown()) }) })

/** The entries of each symbol. What is no entry, or has no symbol, is left out. */
function entriesByName(result: readonly unknown[]): ReadonlyMap<string, readonly YahooEntry[]> {
  const entries = new Map<string, YahooEntry[]>()
  for (const entry of result) {
    if (typeof entry !== 'object' || entry === null) continue
    const { symbol } = entry as { readonly symbol?: unknown }
    if (typeof symbol !== 'string') continue
    const known = entries.get(keyOf(symbol))
    if (known === undefined) entries.set(keyOf(symbol), [entry as YahooEntry])
    else known.push(entry as YahooEntry)
  }
  return entries
}

/** Whether Yahoo says that the symbol is not traded any more: by its type, or by a fund that has no price. */
function isDelisted(entry: YahooEntry): boolean {
  if (entry['quoteType'] === 'NONE') return true
  return entry['quoteType'] === 'MUTUALFUND' && (entry['regularMarketPrice'] ?? null) === null
}

/** Whether two entries say the same of a symbol that Yahoo answers twice, as it does for two spellings. */
function isSame(one: YahooEntry, other: YahooEntry): boolean {
  const fields = (entry: YahooEntry) => JSON.stringify(candidateOf({ ...entry, symbol: null }))
  return fields(one) === fields(other)
}

/** Yahoo answers in capitals. */
function keyOf(symbol: string): string {
  return symbol.toUpperCase()
}

import * as z from 'zod'

import { matchAnswers } from '../ask/match-answers.ts'
import type { AskedSymbol, AskTools } from '../ask/quote-source.ts'
import { createJsonReader } from '../http/json.ts'
import { type FetchRefusal, failed, type QuoteResult, refuse, unknownSymbol } from '../quote/quote-result.ts'
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
  return matchAnswers({
    asked,
    answers: body.data.quoteResponse.result.flatMap(answerOf),
    isSame,
    read: (entry, { symbol }) =>
      isDelisted(entry) ? refuse(symbol, unknownSymbol('DELISTED')) : check(candidateOf(entry, symbol), symbol),
  })
}

const readJson = createJsonReader(EXACT_FIELDS)

const PROBLEM = z.object({ finance: z.object({ error: z.object({ code: z.string() }) }) })
const BODY = z.object({ quoteResponse: z.object({ result: z.array(z.unknown()) }) })

/** The entry with its symbol; nothing for what is no entry, or has no symbol. */
function answerOf(entry: unknown): readonly { readonly name: string; readonly entry: YahooEntry }[] {
  if (typeof entry !== 'object' || entry === null) return []
  const { symbol } = entry as { readonly symbol?: unknown }
  return typeof symbol === 'string' ? [{ name: symbol, entry: entry as YahooEntry }] : []
}

/** Whether Yahoo says that the symbol is not traded any more: by its type, or by a fund that has no price. */
function isDelisted(entry: YahooEntry): boolean {
  if (entry['quoteType'] === 'NONE') return true
  return entry['quoteType'] === 'MUTUALFUND' && (entry['regularMarketPrice'] ?? null) === null
}

function isSame(one: YahooEntry, other: YahooEntry): boolean {
  const fields = (entry: YahooEntry) => JSON.stringify(candidateOf(entry, null))
  return fields(one) === fields(other)
}

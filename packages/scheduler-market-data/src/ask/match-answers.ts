import { type FetchRefusal, failed, invalid, type QuoteResult, refuse, unknownSymbol } from '../quote/quote-result.ts'
import { keyOf } from './plan-questions.ts'
import type { AskedSymbol } from './quote-source.ts'

export interface MatchAnswersInput<T> {
  readonly asked: readonly AskedSymbol[]
  /** What an answer says, each with the name that it is about. */
  readonly answers: readonly { readonly name: string; readonly entry: T }[]
  /** Whether two entries about one name say the same, as those for two spellings do. */
  readonly isSame: (one: T, other: T) => boolean
  readonly read: (entry: T, asked: AskedSymbol) => QuoteResult
  /** What a symbol has that is missing in an answer which broke off (default it is unknown, or was renamed). */
  readonly absent?: FetchRefusal
}

/**
 * Matches the answer about a list of symbols to what was asked: one result per symbol, or the refusal of an answer to
 * another question. A symbol that the answer leaves out is unknown, or was renamed when there is another in its place.
 */
export function matchAnswers<T>(input: MatchAnswersInput<T>): readonly QuoteResult[] | FetchRefusal {
  const { asked, answers, isSame, read } = input
  const byName = new Map<string, { readonly entry: T; readonly isClear: boolean }>()
  for (const { name, entry } of answers) {
    const key = keyOf(name)
    const known = byName.get(key)
    const isClear = known === undefined || (known.isClear && isSame(entry, known.entry))
    byName.set(key, { entry: known?.entry ?? entry, isClear })
  }
  const missing = asked.filter(({ name }) => !byName.has(keyOf(name)))
  const uninvited = byName.size - (asked.length - missing.length)
  if (asked.length > 1 && missing.length === asked.length && uninvited > 0) return failed('BODY_UNEXPECTED')
  const code = uninvited > 0 && missing.length <= uninvited ? 'RENAMED' : 'UNKNOWN_SYMBOL'
  const absent = input.absent ?? unknownSymbol(code)
  if (absent.kind === 'failed' && missing.length === asked.length) return absent

  return asked.map((each) => {
    const answer = byName.get(keyOf(each.name))
    if (answer === undefined) return refuse(each.symbol, absent)
    return answer.isClear ? read(answer.entry, each) : refuse(each.symbol, invalid('DUPLICATE_ANSWER'))
  })
}

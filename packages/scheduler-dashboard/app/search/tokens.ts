import { parseDuration } from '../format/durations.ts'
import { strings } from '../strings/index.ts'

/** What a key of a search takes: any text, some of a few words, or a length of time such as `1h`. */
export type TokenKind = 'text' | 'since' | readonly string[]
export type TokenKeys = Readonly<Record<string, TokenKind>>

/** A search in words: `job:poll state:failed since:1h` and free text. */
export interface Search<K extends TokenKeys> {
  readonly values: Readonly<Partial<Record<keyof K & string, string>>>
  /** What stands there without a key. */
  readonly text: string
  /** What is wrong with it, in words; the rest holds. */
  readonly problems: readonly string[]
}

const PIECE = /([a-z_]+):"([^"]*)"?|([a-z_]+):(\S*)|"([^"]*)"?|(\S+)/g

/** Reads a search. Of a value with blanks in it, quotes are taken off: `job:"a b"`. */
export function parseSearch<K extends TokenKeys>(keys: K, given: string): Search<K> {
  const values: Record<string, string> = {}
  const free: string[] = []
  const problems: string[] = []
  for (const [, quotedKey, quoted, plainKey, plain, words, word] of given.matchAll(PIECE)) {
    const key = quotedKey ?? plainKey
    const value = quoted ?? plain ?? ''
    if (key === undefined) free.push(words ?? word ?? '')
    else {
      const problem = problemOf(keys, { key, value, isTwice: key in values })
      if (problem !== null) problems.push(problem)
      else if (value !== '') values[key] = value
    }
  }
  return { values: values as Search<K>['values'], text: free.join(' '), problems }
}

/** Writes a search as one would type it. */
export function formatSearch<K extends TokenKeys>(
  keys: K,
  { values, text }: Pick<Search<K>, 'values' | 'text'>,
): string {
  const tokens = Object.keys(keys).flatMap((key) => {
    const value = values[key]
    return value ? [`${key}:${/\s/.test(value) ? `"${value}"` : value}`] : []
  })
  return [...tokens, ...(text === '' ? [] : [text])].join(' ')
}

/** The search that a query string holds: each key is a parameter, the free text is `q`. */
export function searchOfQuery<K extends TokenKeys>(keys: K, query: string): Search<K> {
  const params = new URLSearchParams(query)
  const known = Object.keys(keys).flatMap((key) => {
    const value = params.get(key)
    return value ? [[key, value] as const] : []
  })
  return parseSearch(
    keys,
    formatSearch(keys, { values: Object.fromEntries(known) as Search<K>['values'], text: params.get('q') ?? '' }),
  )
}

/** The query string with this search in it; what is of others stays. */
export function queryOfSearch<K extends TokenKeys>(keys: K, { values, text }: Search<K>, query: string): string {
  const params = new URLSearchParams(query)
  for (const [key, value] of [...Object.keys(keys).map((name) => [name, values[name]] as const), ['q', text] as const])
    if (value) params.set(key, value)
    else params.delete(key)
  return params.toString()
}

function problemOf(
  keys: TokenKeys,
  { key, value, isTwice }: { readonly key: string; readonly value: string; readonly isTwice: boolean },
): string | null {
  const words = strings.kit.tokens
  const kind = Object.hasOwn(keys, key) ? keys[key] : undefined
  if (kind === undefined) return words.unknown(key, Object.keys(keys).join(', '))
  if (isTwice) return words.twice(key)
  if (value === '' || kind === 'text') return null
  if (kind === 'since') return parseDuration(value) === null ? words.duration(key) : null
  return value.split(',').every((word) => kind.includes(word)) ? null : words.value(key, kind.join(', '))
}

import type { Rule } from './redact.ts'
import { type FoundName, nameIn, SECRET_NAME } from './secret-names.ts'
import { createValueReader, endOfLine, looksMadeUp, MAX_JUDGED, mayBeSecret, type Value } from './values.ts'

const NAMED = new RegExp(
  `${SECRET_NAME}(?<close>\\\\*["'\`])?\\]?(?: (?:provided|given|supplied|received|used))?\\s{0,8}(?<sign>:\\s{0,8}\\{\\s{0,8}\\\\*["']?(?:value|raw|plain|text)\\\\*["']?\\s{0,8}:|=>|:=|={1,3}|[:,→：＝])(?<gap>\\s{0,20})`,
  'gi',
)

/** The values of secret names: `password=…`, `"token": "…"`, `Authorization: …`, `user[password]=…`, `['cookie', '…']`. */
export const namedValues: Rule = (text, hide) => {
  NAMED.lastIndex = 0
  const source = { text, valueAt: createValueReader(text) }
  for (let found = NAMED.exec(text); found; found = NAMED.exec(text)) {
    const name = nameIn(text, found)
    const at = found.index + found[0].length
    if (!name) {
      NAMED.lastIndex = found.index + 1
      continue
    }
    const { sign = '', gap = '', close } = found.groups ?? {}
    const value = secretOf(source, at, { name, sign, gap, isClosed: close !== undefined })
    if (value) hide(value.start, value.end)
    NAMED.lastIndex = Math.max(at, value?.end ?? 0)
  }
}

interface Source {
  readonly text: string
  readonly valueAt: (at: number) => Value
}

interface Named {
  readonly name: FoundName
  readonly sign: string
  readonly gap: string
  /** Whether a quote closed the name. */
  readonly isClosed: boolean
}

function secretOf({ text, valueAt }: Source, at: number, named: Named): Pick<Value, 'start' | 'end'> | null {
  const { name, sign, gap } = named
  if (text.startsWith('//', at) || (sign === ':' && text.charAt(at) === ':')) return null
  const value = valueAt(at)
  if (gap.includes('\n') && !value.isQuoted && !isLoneLine(text, value)) return null
  const shown = text.slice(value.start, Math.min(value.end, value.start + MAX_JUDGED))
  if (!mayBeSecret(shown) || isPath(name, shown)) return beyondScheme({ text, valueAt }, value, named)
  if (name.kind === 'header' && !value.isQuoted) return headerValue({ text, valueAt }, value, named)
  return tells(shown, value, named) ? value : null
}

/** As ODBC writes it: `PWD={…}`. */
const BRACED = /^\{[^{}\s:]+\}?$/

/** Whether the value is the only thing on its line, as where a password was typed. */
function isLoneLine(text: string, { start, end }: Value): boolean {
  return end > start && endOfLine(text, start) - end <= 1 && !/[:=]/.test(text.slice(start, end))
}

/** `PWD` is the working directory. */
function isPath({ word }: FoundName, value: string): boolean {
  return word.toLowerCase() === 'pwd' && /^(?:\/|~|[a-z]:\\)/i.test(value)
}

const SCHEME =
  /(?:bearer|basic|digest|negotiate|ntlm|token|apikey|hawk|hmac[\w-]*|aws4-hmac-sha256)[ \t]+(?=\S*[\d=_.\-+/]|\S{20})/iy

/** `Authorization: Bearer …`: the first word is no secret, what follows is one. */
function beyondScheme(
  { text, valueAt }: Source,
  { start }: Value,
  { name }: Named,
): Pick<Value, 'start' | 'end'> | null {
  SCHEME.lastIndex = start
  if (!SCHEME.test(text)) return null
  const end = name.kind === 'header' ? endOfHeader(text, start, name.at) : valueAt(SCHEME.lastIndex).end
  return { start, end }
}

function headerValue({ text, valueAt }: Source, value: Value, { name, sign }: Named): Pick<Value, 'start' | 'end'> {
  if (sign === ':') return { start: value.start, end: endOfHeader(text, value.start, name.at) }
  SCHEME.lastIndex = value.start
  return SCHEME.test(text) ? { start: value.start, end: valueAt(SCHEME.lastIndex).end } : value
}

/** The line, or up to the quote in which all of the header stands. */
function endOfHeader(text: string, start: number, nameAt: number): number {
  const line = endOfLine(text, start)
  const shown = text.slice(start, line)
  const before = /(["'`])[\w-]{0,20}$/.exec(text.slice(Math.max(0, nameAt - 24), nameAt))?.[1]
  const stops = [before === undefined ? -1 : shown.indexOf(before), shown.search(/\\+[rn]/)].filter((at) => at >= 0)
  return start + Math.min(shown.length, ...stops)
}

/** Whether a value of such a name is a secret. Of names that are words of other things, less is taken for one. */
function tells(shown: string, { isQuoted }: Value, { name, sign, gap, isClosed }: Named): boolean {
  if (sign === ',') return isClosed && isQuoted && (looksMadeUp(shown) || name.kind === 'header')
  const word = name.word.toLowerCase()
  if (isCount(shown, name)) return false
  if (/^[[({][^"']*$/.test(shown)) return BRACED.test(shown) && looksMadeUp(shown)
  if (name.kind !== 'word') return true
  if (/^SIG[A-Z]+$/.test(shown)) return false
  // Oracle calls its databases so, in at most eight characters.
  if (word === 'sid') return looksMadeUp(shown) && !/^[A-Z][A-Z0-9]{0,7}$/.test(shown)
  const isProse = sign === ':' && gap !== '' && !isQuoted
  return isProse || (isQuoted && !isClosed && sign === ':') ? looksMadeUp(shown) : shown.length >= 3
}

/** `tokens: 12`, `pass=3`, `sig=0.05`, `PIN=4.12`. */
function isCount(shown: string, { kind, word }: FoundName): boolean {
  if (/^\d{1,6}$/.test(shown)) return /token|pass$|sig|auth/i.test(word)
  return kind === 'word' && /^[+-]?\d{1,9}(?:[.,]\d{1,9}%?|%)$/.test(shown)
}

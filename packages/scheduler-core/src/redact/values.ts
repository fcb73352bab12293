import { MASK } from './redact.ts'

/** A value in a text, without its quotes. */
export interface Value {
  readonly start: number
  readonly end: number
  readonly isQuoted: boolean
}

/** The longest value that is looked at for its closing quote. */
const MAX_QUOTED = 8_192
const QUOTE = /(\\*)(["'`])/y
/** As TOML and Python write texts. */
const TRIPLE = /"""|'''/y
const PLACEHOLDER = /<[a-z][\w .-]{0,40}>/iy
const BLOCK = /[|>][+-]?\d?[ \t]*\r?\n/y
const LIST = /\[[ \t\r\n]{0,40}\\*["'`]/y

/** Reads values of one text. Where an unquoted one ends is found once for all that begin within it. */
export function createValueReader(text: string): (at: number) => Value {
  let known = { from: 0, end: 0 }
  return (at) => {
    const stopOf = (start: number) => {
      if (start < known.from || start >= known.end) known = { from: start, end: stopOfUnquoted(text, start) }
      return known.end
    }
    return valueAt(text, at, stopOf)
  }
}

/** The value that begins here: quoted, a list, the indented lines after `|`, or up to where an unquoted one ends. */
export function valueAt(
  text: string,
  at: number,
  stopOf: (start: number) => number = (start) => stopOfUnquoted(text, start),
): Value {
  TRIPLE.lastIndex = at
  const triple = TRIPLE.exec(text)?.[0]
  if (triple !== undefined) {
    const length = text.slice(at + 3, at + 3 + MAX_QUOTED).indexOf(triple)
    if (length > 0) return { start: at + 3, end: at + 3 + length, isQuoted: true }
  }
  QUOTE.lastIndex = at
  const quote = QUOTE.exec(text)
  if (quote) return quotedValue(text, at + quote[0].length, { quote: quote[2] ?? '"', depth: quote[1]?.length ?? 0 })
  LIST.lastIndex = at
  if (LIST.test(text)) {
    const end = text.slice(at, at + MAX_QUOTED).indexOf(']')
    return { start: at, end: end < 0 ? endOfLine(text, at) : at + end + 1, isQuoted: true }
  }
  BLOCK.lastIndex = at
  const block = BLOCK.exec(text)
  if (block) return blockValue(text, at + block[0].length)
  PLACEHOLDER.lastIndex = at
  const placeholder = PLACEHOLDER.exec(text)
  return {
    start: at,
    end: placeholder ? at + placeholder[0].length : withoutTrailing(text, at, stopOf(at)),
    isQuoted: false,
  }
}

/**
 * The value ends at a quote with as many backslashes as its first one: more of them make it a part of the value. Two
 * apostrophes are one, as in SQL. Without an end, all of the line belongs to it.
 */
function quotedValue(text: string, start: number, { quote, depth }: { quote: string; depth: number }): Value {
  const limit = Math.min(text.length, start + MAX_QUOTED)
  for (let at = start; at < limit; at++) {
    if (text.charAt(at) !== quote) continue
    let backslashes = 0
    while (at - backslashes > start && text.charAt(at - backslashes - 1) === '\\') backslashes++
    const isEscaped = depth === 0 ? backslashes % 2 === 1 : backslashes > depth
    if (isEscaped) continue
    if (quote === "'" && depth === 0 && at > start && text.charAt(at + 1) === quote) {
      at++
      continue
    }
    return { start, end: depth === 0 ? at : Math.max(start, at - backslashes), isQuoted: true }
  }
  return { start, end: endOfLine(text, start), isQuoted: true }
}

/** The lines with an indentation. */
function blockValue(text: string, start: number): Value {
  const lines = /(?:[ \t]+[^\r\n]*(?:\r?\n|$))*/y
  lines.lastIndex = start
  const length = lines.exec(text)?.[0].trimEnd().length ?? 0
  return { start, end: start + length, isQuoted: true }
}

export function endOfLine(text: string, at: number): number {
  LINE_END.lastIndex = at
  return LINE_END.exec(text)?.index ?? text.length
}

const LINE_END = /[\r\n]/g

/** They end a value when nothing follows but the next name, a space, the end, or more of them. */
const STOP = /["'`,;&<>)\]}|]/
const AFTER_STOP = /(?:$|[\s"'`,;&<>()[\]{}|:.]|\\*["'`]|[\w.[\]-]{1,40}\s{0,2}(?:\\*["'`])?[=:]|amp;)/y
const SPACE = /\s/
const ESCAPED_QUOTE = /^\\{1,8}["'`]/

/** Passwords have any characters: a comma or a quote within one ends it only where a name or nothing follows. */
function stopOfUnquoted(text: string, start: number): number {
  let at = start
  for (; at < text.length; at++) {
    const character = text.charAt(at)
    if (SPACE.test(character)) break
    if (character === '\\' && ESCAPED_QUOTE.test(text.slice(at, at + 9))) break
    if (!STOP.test(character)) continue
    AFTER_STOP.lastIndex = at + 1
    if (AFTER_STOP.test(text)) break
  }
  return at
}

function withoutTrailing(text: string, start: number, stop: number): number {
  let end = stop
  while (end > start && TRAILING.test(text.charAt(end - 1))) end--
  return end
}

const TRAILING = /[)\]}>.,;:!?]/

/** As much of a value is looked at to tell whether it is a secret. */
export const MAX_JUDGED = 256

/** What stands where a secret is missing, or is not shown, or is spoken of. */
const NO_SECRET =
  /^(?:[*•.…-]{1,}|x{3,}|\$\{?[\w.]*\}?|%[sdojv]|\{\{[\w. ]*\}\}|\{[a-z_. ]*\}|<[\w .-]*>|(?:process|import\.meta)\.env\.?.*|secrets\..*|\[?(?:hidden|masked|filtered|removed|redacted|object object|object|array|function)\]?)$/i
const WORDS =
  'a|an|the|and|or|not|no|none|null|nil|undefined|true|false|yes|on|off|ok|is|are|was|were|be|has|have|had|must|should|shall|can|cannot|could|may|might|will|would|do|does|did|too|to|of|for|from|with|without|in|into|at|by|as|if|when|while|than|that|this|these|it|its|you|your|we|our|please|only|all|any|each|both|missing|required|requires|invalid|valid|unknown|unset|empty|expired|failed|failure|incorrect|wrong|denied|refused|rejected|unexpected|expected|error|optional|default|string|number|boolean|object|bytes|unsupported|unauthorized|forbidden|disabled|enabled|changed|created|updated|deleted|found|exists|already|flag|option|argument|value|field|header|parameter|length|type|name|file|path|key|keys|user|public|private|bearer|basic|success|successful|accepted|ready|open|opened|closed|started|stopped|never|always|new|old|same|different|use|using|used|see|check|try|set|get|got|read|run|stored|sent|given|provided|specified|configured|generated|revoked|rotated|inactive|active|pending'
const OTHER_WORDS =
  'requis|obligatoire|manquant|invalide|expiré|erforderlich|benötigt|falsch|fehlt|ungültig|abgelaufen|leer|requerid[oa]|obligatori[oa]|incorrect[oa]|inválid[oa]|vencid[oa]|obrigatóri[oa]|ausente|错误|無效|无效|必填|不正確|不正确|обязателен|неверный|неверен'
const SPOKEN = new RegExp(`^(?:${WORDS}|${OTHER_WORDS})$`, 'i')
/** Begins a sentence about a value, as validation reports it under the name of a field. */
const SENTENCE =
  /^(?:is|must|was|cannot|can't|should|has|may|does|doesn't|isn't|not|invalid|missing|required|incorrect|too|the \w+ (?:is|must|field|has|was|cannot|should|may))\s[a-z\s,'’.]+$/i
const LAST = /[\s,.;:!?)'’]+$/

/** Whether a text can be a secret at all: neither a placeholder nor a word of a sentence about one. */
export function mayBeSecret(value: string): boolean {
  const text = value.slice(0, MAX_JUDGED).trim()
  if (text === '' || text.startsWith(MASK) || !/[\p{L}\p{N}]/u.test(text) || NO_SECRET.test(text)) return false
  return !SPOKEN.test(text.replace(LAST, '')) && !SENTENCE.test(text)
}

/** Whether a text looks made up by a machine or against guessing: no word, no number of things. */
export function looksMadeUp(value: string): boolean {
  const text = value.slice(0, MAX_JUDGED)
  if (text.length < 5 || /^[\d.,:_-]*$/.test(text)) return text.length >= 8 && /^\d+$/.test(text)
  return (/\d/.test(text) && /[a-z]/i.test(text)) || (text.length >= 20 && /^[\w.~+/=-]+$/.test(text))
}

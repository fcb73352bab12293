import type { Rule } from './redact.ts'
import { nameIn, SECRET_NAME } from './secret-names.ts'
import { mayBeSecret, valueAt } from './values.ts'

const NAME_BEFORE = '[\\w.-]{0,40}?'
const ELEMENT = new RegExp(
  `<(?:[\\w.-]{1,40}:)?(?<lead>${NAME_BEFORE})${SECRET_NAME}(?:\\s[^<>]{0,200})?(?<!/)>(?<cdata>\\s{0,20}<!\\[CDATA\\[)?`,
  'gi',
)

/** `<password>…</password>`, with attributes, a namespace or CDATA. */
export const xmlElements: Rule = (text, hide) => {
  ELEMENT.lastIndex = 0
  const lastEnd = Math.max(text.lastIndexOf('</'), text.lastIndexOf(']]>'))
  for (let found = ELEMENT.exec(text); found; found = ELEMENT.exec(text)) {
    const start = found.index + found[0].length
    if (start > lastEnd) return
    const stop = text.indexOf(found.groups?.['cdata'] === undefined ? '</' : ']]>', start)
    const end = Math.max(start, stop)
    if (isNamed(text, found) && mayBeSecret(text.slice(start, end))) hide(start, end)
    ELEMENT.lastIndex = end
  }
}

const PAIR = new RegExp(
  `\\b(?:name|key|field|var|variable|header)\\\\*["']?\\s{0,3}[:=]\\s{0,3}(?:\\\\*["'])?(?<lead>${NAME_BEFORE})${SECRET_NAME}(?:\\\\*["'])?(?:[\\s,;/]{1,40}(?:[\\w-]{1,20}=["'][^"'<>\\n]{0,60}["']\\s{1,8}){0,3}\\\\*["']?(?:value|content)\\\\*["']?\\s{0,3}[:=]\\s{0,3}|[^<>\\n]{0,100}>)`,
  'gi',
)

/** A name and its value as two fields: `{"name":"password","value":"…"}`, `<entry key="password">…</entry>`. */
export const namedPairs: Rule = (text, hide) => {
  PAIR.lastIndex = 0
  for (let found = PAIR.exec(text); found; found = PAIR.exec(text)) {
    const at = found.index + found[0].length
    const { start, end } = found[0].endsWith('>') ? elementAt(text, at) : valueAt(text, at)
    if (isNamed(text, found) && mayBeSecret(text.slice(start, end))) hide(start, end)
    PAIR.lastIndex = Math.max(at, end)
  }
}

const MAX_LENGTH = 2_048

function elementAt(text: string, start: number) {
  const length = text.slice(start, start + MAX_LENGTH).indexOf('<')
  return { start, end: start + Math.max(0, length) }
}

/** The telling word stands after the lead of the whole name. */
function isNamed(text: string, found: RegExpExecArray): boolean {
  const { header, anywhere, word = '' } = found.groups ?? {}
  const told = header ?? anywhere ?? word
  return (
    nameIn(text, found, found.index + found[0].indexOf(told, found[0].indexOf(found.groups?.['lead'] ?? ''))) !== null
  )
}

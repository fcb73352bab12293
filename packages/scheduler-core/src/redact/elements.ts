import type { Rule } from './redact.ts'
import { nameIn, SECRET_NAME } from './secret-names.ts'
import { looksMadeUp, mayBeSecret, valueAt } from './values.ts'

const NAME_BEFORE = '[\\w.-]{0,40}?'
const ELEMENT = new RegExp(
  `(?<before><(?:[\\w.-]{1,40}:)?${NAME_BEFORE})${SECRET_NAME}(?:\\s[^<>]{0,200})?(?<!/)>(?<cdata>\\s{0,20}<!\\[CDATA\\[)?`,
  'gi',
)

/** `<password>…</password>`, with attributes, a namespace or CDATA. */
export const xmlElements: Rule = (text, hide) => {
  ELEMENT.lastIndex = 0
  const lastEnd = Math.max(text.lastIndexOf('</'), text.lastIndexOf(']]>'))
  for (let found = ELEMENT.exec(text); found; found = ELEMENT.exec(text)) {
    const start = found.index + found[0].length
    if (start > lastEnd) {
      // The text ends before the element does.
      CUT.lastIndex = start
      const cut = CUT.exec(text)?.[0] ?? ''
      if (looksMadeUp(cut) && nameIn(text, found) !== null) hide(start, start + cut.length)
      continue
    }
    const stop = text.indexOf(found.groups?.['cdata'] === undefined ? '</' : ']]>', start)
    const end = Math.max(start, stop)
    if (nameIn(text, found) !== null && mayBeSecret(text.slice(start, end))) hide(start, end)
    ELEMENT.lastIndex = end
  }
}

const CUT = /[^\s<>]{0,256}/y

const PAIR = new RegExp(
  `\\b(?<before>(?:name|key|field|var|variable|header)\\\\*["']?\\s{0,3}[:=]\\s{0,3}(?:\\\\*["'])?${NAME_BEFORE})${SECRET_NAME}(?:\\\\*["'])?(?:[\\s,;/]{1,40}(?:[\\w-]{1,20}=["'][^"'<>\\n]{0,60}["']\\s{1,8}){0,3}\\\\*["']?(?:value|content)\\\\*["']?\\s{0,3}[:=]\\s{0,3}|[^<>\\n]{0,100}>|(?:\\r?\\n[\\w-]{1,40}:[^\\r\\n]{0,100}){0,3}\\r?\\n\\r?\\n)`,
  'gi',
)

/**
 * A name and its value as two fields: `{"name":"password","value":"…"}`, `<entry key="password">…</entry>`, and the part
 * of a form with this name.
 */
export const namedPairs: Rule = (text, hide) => {
  PAIR.lastIndex = 0
  for (let found = PAIR.exec(text); found; found = PAIR.exec(text)) {
    const at = found.index + found[0].length
    const { start, end } = found[0].endsWith('>') ? elementAt(text, at) : valueAt(text, at)
    if (nameIn(text, found) !== null && mayBeSecret(text.slice(start, end))) hide(start, end)
    PAIR.lastIndex = Math.max(at, end)
  }
}

const MAX_LENGTH = 2_048

function elementAt(text: string, start: number) {
  const length = text.slice(start, start + MAX_LENGTH).indexOf('<')
  return { start, end: start + Math.max(0, length) }
}

const VALUE = /\b(?:value|content)\\*["']?\s{0,3}[:=]\s{0,3}(?=\\*["'])/gi
const NAME_AFTER = new RegExp(
  `(?<before>\\\\*["'][\\s,;/]{1,40}\\\\*["']?(?:name|key|field|var|variable|header)\\\\*["']?\\s{0,3}[:=]\\s{0,3}\\\\*["']${NAME_BEFORE})${SECRET_NAME}\\\\*["']`,
  'iy',
)

/** The same the other way round: `{"value":"…","name":"password"}`. */
export const valuesBeforeNames: Rule = (text, hide) => {
  VALUE.lastIndex = 0
  for (let found = VALUE.exec(text); found; found = VALUE.exec(text)) {
    const { start, end } = valueAt(text, found.index + found[0].length)
    NAME_AFTER.lastIndex = end
    const name = NAME_AFTER.exec(text)
    if (name && nameIn(text, name) !== null && mayBeSecret(text.slice(start, end))) hide(start, end)
    VALUE.lastIndex = Math.max(VALUE.lastIndex, start)
  }
}

const SIBLINGS = new RegExp(
  `(?<before><(?:key|name)>${NAME_BEFORE})${SECRET_NAME}</(?:key|name)>\\s{0,40}<(?:string|value|data)>`,
  'gi',
)

/** The same as two elements: `<name>password</name><value>…</value>`. */
export const siblingElements: Rule = (text, hide) => {
  for (const found of text.matchAll(SIBLINGS)) {
    const { start, end } = elementAt(text, found.index + found[0].length)
    if (nameIn(text, found) !== null && mayBeSecret(text.slice(start, end))) hide(start, end)
  }
}

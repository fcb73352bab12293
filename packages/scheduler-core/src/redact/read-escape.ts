/** One escape of a text. */
export interface Escape {
  /** `byte`: one byte of UTF-8, as percent encoding has it; `point`: a whole character. */
  readonly kind: 'byte' | 'point'
  readonly value: number
  /** Where the text goes on. */
  readonly next: number
}

const PERCENT = 0x25
const AMPERSAND = 0x26
const BACKSLASH = 0x5c

/** The escape at this place: `%2F`, `\u002f`, `\x2f`, `\n`, `\/`, `&#x2f;`, `&amp;`. `null`: the character itself. */
export function readEscape(text: string, at: number): Escape | null {
  const code = text.charCodeAt(at)
  if (code === PERCENT) return readPercent(text, at)
  if (code === BACKSLASH) return readBackslash(text, at)
  return code === AMPERSAND ? readEntity(text, at) : null
}

function readPercent(text: string, at: number): Escape | null {
  const high = hexDigit(text.charCodeAt(at + 1))
  const low = hexDigit(text.charCodeAt(at + 2))
  return high < 0 || low < 0 ? null : { kind: 'byte', value: high * 16 + low, next: at + 3 }
}

/** The value of a hexadecimal digit; -1 for another character. */
function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

const PAIR = /u(d[89ab][0-9a-f]{2})\\{1,8}u(d[c-f][0-9a-f]{2})/iy
const UNICODE = /u(?:([0-9a-f]{4})|\{([0-9a-f]{1,6})\})/iy
const HEX = /x([0-9a-f]{2})/iy
const OCTAL = /[0-3][0-7]{2}/y
const BREAKS: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0a, t: 0x09 }

/** Several backslashes count as one: each layer of JSON doubles them. */
function readBackslash(text: string, at: number): Escape | null {
  let next = at + 1
  while (text.charCodeAt(next) === BACKSLASH) next++
  const pair = matchAt(PAIR, text, next)
  if (pair) {
    const [high, low] = [Number.parseInt(pair[1] ?? '', 16), Number.parseInt(pair[2] ?? '', 16)]
    return point(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00), next + pair[0].length)
  }
  const unicode = matchAt(UNICODE, text, next)
  if (unicode) {
    const value = Number.parseInt(unicode[1] ?? unicode[2] ?? '', 16)
    if (value <= 0x10ffff) return point(value, next + unicode[0].length)
  }
  const byte = matchAt(HEX, text, next)
  if (byte) return { kind: 'byte', value: Number.parseInt(byte[1] ?? '', 16), next: next + 3 }
  const octal = matchAt(OCTAL, text, next)
  if (octal) return { kind: 'byte', value: Number.parseInt(octal[0], 8), next: next + 3 }
  const line = BREAKS[text.charAt(next)]
  if (line !== undefined) return point(line, next + 1)
  // Before anything else they say that it is meant as it is. At the end of a line they join it to the next.
  if (next >= text.length) return { kind: 'byte', value: BACKSLASH, next }
  return { kind: 'byte', value: text.charCodeAt(next), next: next + 1 }
}

const ENTITY = /&(?:amp;){0,4}(?:#x([0-9a-f]{1,6});?|#(\d{1,7});?|([a-z]{2,7});)/iy
const ENTITIES: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', sol: '/', plus: '+', equals: '=', colon: ':' },
  ...{ commat: '@', num: '#', percnt: '%', lowbar: '_', hyphen: '-', semi: ';', comma: ',', excl: '!', quest: '?' },
  ...{ dollar: '$', ast: '*', bsol: '\\', newline: '\n', tab: '\t', period: '.', lpar: '(', rpar: ')', shy: '\u00ad' },
}

function readEntity(text: string, at: number): Escape | null {
  const found = matchAt(ENTITY, text, at)
  if (!found) return null
  const [whole, hex, decimal, name = ''] = found
  const number = hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16)
  const value = Number.isNaN(number) ? ENTITIES[name.toLowerCase()]?.charCodeAt(0) : number
  return value === undefined || value > 0x10ffff ? null : point(value, at + whole.length)
}

function point(value: number, next: number): Escape {
  return { kind: 'point', value, next }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

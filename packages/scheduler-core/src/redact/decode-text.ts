import { readEscape } from './read-escape.ts'

/** A text in UTF-8, one character for each byte, and where each byte comes from in the text that was given. */
export interface Decoded {
  readonly text: string
  /** The first character of the source of each byte. */
  readonly starts: Int32Array
  /** The character after the source of each byte. */
  readonly ends: Int32Array
}

/** As many layers of escapes are taken off: percent encoding within JSON within HTML. */
const MAX_LAYERS = 3

/** Whether a text may look different when it is decoded. */
export function isEncoded(text: string): boolean {
  return ENCODED.test(text)
}

const INVISIBLE =
  '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f\\u00ad\\u034f\\u061c\\u115f\\u1160\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb'
/** Spaces that are no space of ASCII: a rule and a secret take them for one. */
const SPACES = '\\u00a0\\u1680\\u2000-\\u200a\\u202f\\u205f\\u3000'
const ENCODED = new RegExp(`[${INVISIBLE}${SPACES}\\\\]|%[0-9a-f]{2}|&(?:#|[a-z]{2,6};)|[\\u{e0000}-\\u{e01ef}]`, 'iu')
const IS_INVISIBLE = new RegExp(`[${INVISIBLE}\\u{e0000}-\\u{e01ef}]`, 'u')
const IS_SPACE = new RegExp(`[${SPACES}]`)
/** Colours and movements of a terminal: a name that is highlighted is split by them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a control character begins them
const TERMINAL = /\u001b\[[0-9;?]{0,32}[A-Za-z]/y

/** A text in UTF-8, with its escapes. */
export function encodedText(text: string): Decoded {
  return toBytes(text)
}

/** Decodes a text: without its escapes and its invisible characters. */
export function decodeText(text: string): Decoded {
  let decoded = toBytes(text)
  for (let layer = 0; layer < MAX_LAYERS && ESCAPES.test(decoded.text); layer++) decoded = withoutEscapes(decoded)
  return decoded
}

const ESCAPES = /[%\\&]/

/** What is left without spaces, line breaks, and the characters that stand for them or join lines. */
export function squeeze({ text, starts, ends }: Decoded): Decoded {
  const out = new ByteWriter(text.length)
  for (let at = 0; at < text.length; at++) {
    const byte = text.charCodeAt(at)
    if (byte > 0x20 && byte !== PLUS && byte !== BACKSLASH && byte !== 0x7f) {
      out.byte(byte, starts[at] ?? 0, ends[at] ?? 0)
    }
  }
  return out.decoded()
}

/** As `squeeze`, of a text without escapes that is all ASCII. `null` for another one. */
export function squeezePlain(text: string): string | null {
  return PLAIN.test(text) ? text.replace(JOINTS, '') : null
}

const ESCAPE = 0x1b
const PLUS = 0x2b
const BACKSLASH = 0x5c
const PLAIN = /^[\t\n\r -~]*$/
const JOINTS = /[\t\n\r +\\]+/g

function toBytes(text: string): Decoded {
  const out = new ByteWriter(text.length * 3)
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) ?? 0
    if (code === ESCAPE) {
      TERMINAL.lastIndex = at
      at += TERMINAL.exec(text)?.[0].length ?? 1
      continue
    }
    const next = at + (code > 0xffff ? 2 : 1)
    out.point(code, at, next)
    at = next
  }
  return out.decoded()
}

function withoutEscapes({ text, starts, ends }: Decoded): Decoded {
  const out = new ByteWriter(text.length)
  for (let at = 0; at < text.length; ) {
    const found = readEscape(text, at)
    const next = found === null ? at + 1 : found.next
    const start = starts[at] ?? 0
    const end = ends[next - 1] ?? 0
    if (found === null) out.byte(text.charCodeAt(at), start, end)
    else if (found.kind === 'byte') out.byte(found.value, start, end)
    else out.point(found.value, start, end)
    at = next
  }
  return out.decoded()
}

/** Writes a decoded text. No escape is shorter than what it stands for in UTF-8, so that `capacity` bytes suffice. */
class ByteWriter {
  readonly #bytes: Buffer
  readonly #starts: Int32Array
  readonly #ends: Int32Array
  #length = 0

  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafe(capacity)
    this.#starts = new Int32Array(capacity)
    this.#ends = new Int32Array(capacity)
  }

  byte(value: number, start: number, end: number): void {
    this.#bytes[this.#length] = value
    this.#starts[this.#length] = start
    this.#ends[this.#length] = end
    this.#length++
  }

  /** An invisible character is left out. */
  point(code: number, start: number, end: number): void {
    if (isPlain(code)) {
      this.byte(code, start, end)
      return
    }
    const character = String.fromCodePoint(code)
    if (IS_SPACE.test(character)) {
      this.byte(0x20, start, end)
      return
    }
    if (!IS_INVISIBLE.test(character)) for (const value of Buffer.from(character)) this.byte(value, start, end)
  }

  decoded(): Decoded {
    return { text: this.#bytes.toString('latin1', 0, this.#length), starts: this.#starts, ends: this.#ends }
  }
}

/** Whether a character is one of ASCII that can be seen, a space, a tab or a line break. */
function isPlain(code: number): boolean {
  return (code >= 0x20 && code < 0x7f) || code === 0x0a || code === 0x0d || code === 0x09
}

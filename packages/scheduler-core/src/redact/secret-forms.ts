import { decodeText, encodedText, squeeze } from './decode-text.ts'

/** How the configured secrets may stand in a text. */
export interface SecretForms {
  /** In the text as it is. */
  readonly plain: readonly string[]
  /** In the text without escapes, spaces, line breaks and invisible characters. */
  readonly squeezed: readonly string[]
}

/** A shorter code of a secret is in too many other texts. */
const SHORTEST_CODE = 4
/** A shorter secret is not looked for across spaces: there it would be found where two words meet. */
const SHORTEST_ACROSS = 6

export function formsOf(secrets: readonly string[]): SecretForms {
  const given = secrets.filter((secret) => secret.length > 0)
  const codes = given.flatMap(codesOf).filter(({ length }) => length >= SHORTEST_CODE)
  // A code has neither spaces nor escapes.
  const squeezedCodes = codes.map((code) => code.replaceAll('+', ''))
  const across = [...given.flatMap(squeezedForms), ...squeezedCodes].filter(({ length }) => length >= SHORTEST_ACROSS)
  return { plain: longestFirst([...given, ...given.flatMap(escapedForms), ...codes]), squeezed: longestFirst(across) }
}

/** The longest first, so that a secret that contains another one is removed whole. */
function longestFirst(forms: readonly string[]): readonly string[] {
  return [...new Set(forms)].sort((a, b) => b.length - a.length)
}

/** What is an escape in the secret is none where it is split within. */
function squeezedForms(secret: string): readonly string[] {
  return [decodeText(secret), encodedText(secret)].map((read) => squeeze(read).text)
}

function escapedForms(secret: string): readonly string[] {
  return [jsonOf(secret), percentOf(secret), formOf(secret)]
}

/** Base64, hexadecimal and lists of bytes: of the secret, and of how JSON, URLs and forms write it. */
function codesOf(secret: string): readonly string[] {
  const utf8 = [...new Set([secret, ...escapedForms(secret)])].map((text) => Buffer.from(text))
  return [...utf8, Buffer.from(secret, 'utf16le')].flatMap((bytes) => {
    const hex = bytes.toString('hex')
    const pairs = hex.match(/../g) ?? []
    const ways = [hex, pairs.join(':'), pairs.join('-'), pairs.map((pair) => `0x${pair}`).join(',')]
    return [...ways, ...ways.map((way) => way.toUpperCase()), bytes.join(','), ...base64FormsOf(bytes)]
  })
}

function base64FormsOf(bytes: Buffer): readonly string[] {
  const base64 = bytes.toString('base64')
  const forms = [base64, base64.replace(/=+$/, ''), ...[0, 1, 2].map((offset) => base64Within(bytes, offset))]
  return forms.flatMap((form) => [form, toBase64Url(form)])
}

/**
 * The base64 of bytes that follow `offset` bytes (modulo 3) of others, as in `user:secret`. Without the characters at
 * both ends, because they depend on the neighbouring bytes too.
 */
function base64Within(bytes: Buffer, offset: number): string {
  const moved = Buffer.concat([Buffer.alloc(offset), bytes])
  return moved.toString('base64').slice(Math.ceil((offset * 8) / 6), Math.floor((moved.length * 8) / 6))
}

function toBase64Url(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function jsonOf(secret: string): string {
  return JSON.stringify(secret).slice(1, -1)
}

/** A secret may hold half of a character, which has no percent encoding. */
function percentOf(secret: string): string {
  return encodeURIComponent(secret.toWellFormed())
}

function formOf(secret: string): string {
  return new URLSearchParams([['', secret]]).toString().slice(1)
}

import type { Redact } from './clean-text.ts'

/** Replaces a secret. */
export const MASK = '[redacted]'

const SECRET_NAME =
  /(?:api[_-]?key|private[_-]?key|access[_-]?key|token|secret|passw(?:or)?d|passphrase|credential|authorization|cookie|connection[_-]?string)s?/i

const NAMED = `${SECRET_NAME.source}\\\\?["']?\\s*[:=]\\s*`

/** Credentials in URLs, and values after a secret name, quoted or not. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@:]{0,256}:[^\s/@]{0,256}@/gi, `$1${MASK}@`],
  [/([?&][\w.-]{1,64}=)[^&#\s"'<>]+/g, `$1${MASK}`],
  // A quoted value may contain spaces, and its quotes may be escaped.
  [new RegExp(`(${NAMED}(\\\\?["']))(?:(?!\\2).)+`, 'gis'), `$1${MASK}`],
  [/(\bcookie:\s*)[^\r\n"']+/gi, `$1${MASK}`],
  [new RegExp(`(${NAMED})(?:(?:bearer|basic)\\s+)?[^\\s"'\\\\,;&]+`, 'gi'), `$1${MASK}`],
  [/\b(bearer\s+)[\w.~+/-]+=*/gi, `$1${MASK}`],
]

/** Whether a field of this name holds a secret: `password`, `X-Api-Key`, `refreshToken`. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME_ENDS.test(name)
}

const SECRET_NAME_ENDS = new RegExp(`${SECRET_NAME.source}$`, 'i')

/**
 * Makes a function that removes secrets from text: the configured ones in raw, URL-encoded and base64 form (also inside
 * longer base64), credentials in URLs, query values, and the values of well-known secret names.
 */
export function createRedact(secrets: readonly string[]): Redact {
  // The longest first, so that a secret that contains another one is removed whole.
  const forms = [...new Set(secrets.flatMap(formsOf))]
    .filter((form) => form.length > 0)
    .sort((a, b) => b.length - a.length)
  return (text) => {
    const withoutSecrets = forms.reduce((rest, form) => rest.replaceAll(form, MASK), text)
    return PATTERNS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), withoutSecrets)
  }
}

function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64')
  const inBase64 = [base64, base64.replace(/=+$/, ''), ...[0, 1, 2].map((offset) => base64Within(secret, offset))]
  return [secret, encodeURIComponent(secret), ...inBase64.flatMap((form) => [form, toBase64Url(form)])]
}

/**
 * The base64 of a secret that follows `offset` bytes (modulo 3) of other text, as in `user:secret`. Without the
 * characters at both ends, because they depend on the neighbouring bytes too.
 */
function base64Within(secret: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
  return bytes.toString('base64').slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6))
}

function toBase64Url(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

import type { Redact } from './stored-error.ts'

/** Stands where a secret stood. */
export const MASK = '[redacted]'

const SECRET_NAME =
  /(?:api[_-]?key|private[_-]?key|access[_-]?key|token|secret|passw(?:or)?d|passphrase|credential|authorization|cookie|connection[_-]?string)s?/i

const NAMED = `${SECRET_NAME.source}\\\\?["']?\\s*[:=]\\s*`

/** A URL's credentials, and values that follow a name that says it is secret, quoted or not. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@:]{0,256}:[^\s/@]{0,256}@/gi, `$1${MASK}@`],
  [/([?&][\w.-]{1,64}=)[^&#\s"'<>]+/g, `$1${MASK}`],
  // What is quoted may have spaces, also where the quotes themselves are escaped.
  [new RegExp(`(${NAMED}(\\\\?["']))(?:(?!\\2).)+`, 'gis'), `$1${MASK}`],
  [/(\bcookie:\s*)[^\r\n"']+/gi, `$1${MASK}`],
  [new RegExp(`(${NAMED})(?:(?:bearer|basic)\\s+)?[^\\s"'\\\\,;&]+`, 'gi'), `$1${MASK}`],
  [/\b(bearer\s+)[\w.~+/-]+=*/gi, `$1${MASK}`],
]

/** Whether what stands under this name is a secret, as in `password`, `X-Api-Key` or `refreshToken`. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME_ENDS.test(name)
}

const SECRET_NAME_ENDS = new RegExp(`${SECRET_NAME.source}$`, 'i')

/**
 * Makes text fit to be stored: configured secrets in raw, URL-encoded and base64 form (within other
 * text's base64 too), credentials in URLs, query values, and the values of well-known key names are replaced.
 */
export function createRedact(secrets: readonly string[]): Redact {
  // The longest first, so that a secret that contains another is taken out whole.
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
 * What the secret's base64 is when `offset` bytes, modulo 3, stand before it, as in `user:secret`: only the characters
 * that the secret alone decides, since those at its ends depend on its neighbours too.
 */
function base64Within(secret: string, offset: number): string {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
  return bytes.toString('base64').slice(Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6))
}

function toBase64Url(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

import type { Redact } from './stored-error.ts'

const MASK = '[redacted]'

/** A URL's credentials, and values that follow a name that says it is secret, quoted or not. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@:]{0,256}:[^\s/@]{0,256}@/gi, `$1${MASK}@`],
  [/([?&][\w.-]{1,64}=)[^&#\s"'<>]+/g, `$1${MASK}`],
  [
    /((?:api[_-]?key|apikey|token|secret|passw(?:or)?d|authorization|cookie)["']?\s*[:=]\s*["']?)(?:bearer\s+)?[^\s"',;&]+/gi,
    `$1${MASK}`,
  ],
  [/\b(bearer\s+)[\w.~+/-]+=*/gi, `$1${MASK}`],
]

/**
 * Makes text fit to be stored: configured secrets in raw, URL-encoded and base64 form, credentials in URLs, query
 * values, and the values of well-known key names are replaced.
 */
export function createRedact(secrets: readonly string[]): Redact {
  // The longest first, so that a secret that contains another is taken out whole.
  const forms = [...new Set(secrets.filter((secret) => secret.length > 0).flatMap(formsOf))].sort(
    (a, b) => b.length - a.length,
  )
  return (text) => {
    const withoutSecrets = forms.reduce((rest, form) => rest.replaceAll(form, MASK), text)
    return PATTERNS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), withoutSecrets)
  }
}

function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString('base64')
  return [
    secret,
    encodeURIComponent(secret),
    base64,
    base64.replace(/=+$/, ''),
    Buffer.from(secret).toString('base64url'),
  ]
}

import type { Clock } from '@pm/scheduler-core'

/**
 * The cookies of one session with Yahoo, in memory only. Of RFC 6265 it keeps `Domain`, `Max-Age` and `Expires`. It
 * ignores `Path`, since Yahoo's cookies hold for every path, and `Secure`, since every request goes over https.
 */
export interface Cookies {
  /**
   * Keeps the cookies that an answer from this URL sets, and drops those that it ends. A cookie for a domain that is not
   * Yahoo's or not the URL's, and one of more than 4,096 characters, is ignored. Of more than 50 the oldest is dropped.
   */
  keep(url: URL, headers: Headers): void
  /** The `cookie` header of a request to this URL; empty when no cookie is for it. */
  headerFor(url: URL): string
}

interface Cookie {
  readonly name: string
  readonly value: string
  readonly domain: string
  /** Whether it is for this host alone, not for the hosts below it: a cookie without `Domain`. */
  readonly hostOnly: boolean
  /** When it ends, on the wall clock; `Infinity` for one that lasts as long as the session. */
  readonly expiresAt: number
}

const MAX_COOKIES = 50
const MAX_COOKIE_LENGTH = 4_096

export function createCookies(clock: Clock): Cookies {
  const cookies = new Map<string, Cookie>()
  return {
    keep(url, headers) {
      for (const header of headers.getSetCookie()) {
        const cookie = header.length > MAX_COOKIE_LENGTH ? null : readCookie(header, url.hostname, clock.now())
        if (cookie === null) continue
        const key = `${cookie.name};${cookie.domain}`
        if (cookie.expiresAt > clock.now()) cookies.set(key, cookie)
        else cookies.delete(key)
        const [oldest] = cookies.keys()
        if (cookies.size > MAX_COOKIES && oldest !== undefined) cookies.delete(oldest)
      }
    },
    headerFor({ hostname }) {
      const sent = [...cookies.values()].filter((cookie) => cookie.expiresAt > clock.now() && isFor(cookie, hostname))
      return sent.map(({ name, value }) => `${name}=${value}`).join('; ')
    },
  }
}

function isFor({ domain, hostOnly }: Cookie, hostname: string): boolean {
  return hostname === domain || (!hostOnly && hostname.endsWith(`.${domain}`))
}

/** The cookie of one `Set-Cookie` header; `null` for one without a name, or for a domain that the host may not set it for. */
function readCookie(header: string, hostname: string, now: number): Cookie | null {
  const [pair = '', ...attributes] = header.split(';').map((part) => part.trim())
  const equals = pair.indexOf('=')
  const name = pair.slice(0, Math.max(equals, 0)).trim()
  if (name === '') return null
  const attribute = (wanted: string) => attributeOf(attributes, wanted)

  const domain = attribute('domain')?.replace(/^\./, '').toLowerCase() || null
  const cookie: Cookie = {
    name,
    value: pair.slice(equals + 1).trim(),
    domain: domain ?? hostname,
    hostOnly: domain === null,
    expiresAt: expiryOf(attribute('max-age'), attribute('expires'), now),
  }
  return isYahoos(cookie.domain) && isFor(cookie, hostname) ? cookie : null
}

/** Whether a host is Yahoo's: `yahoo.com` or below it. */
export function isYahoos(hostname: string): boolean {
  return /(^|\.)yahoo\.com$/.test(hostname)
}

/** The value of an attribute, of several the last; `undefined` when it is missing. */
function attributeOf(attributes: readonly string[], wanted: string): string | undefined {
  const found = attributes.findLast((attribute) => attribute.split('=', 1)[0]?.trim().toLowerCase() === wanted)
  return found?.slice(found.indexOf('=') + 1).trim()
}

/** `Max-Age` in seconds wins over `Expires`; one that cannot be read does not count. */
function expiryOf(maxAge: string | undefined, expires: string | undefined, now: number): number {
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return now + Number(maxAge) * 1000
  const at = Date.parse(expires ?? '')
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at
}

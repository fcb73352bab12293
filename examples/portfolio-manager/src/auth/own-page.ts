import type { Request } from 'express'

/**
 * Whether a form was sent by one of our own pages, or by one of `allowedOrigins`. Browsers say where it comes from in
 * `Origin`, and most in `Sec-Fetch-Site` too; who says neither is refused. Scripts name an `Origin` of ours.
 *
 * With the referrer policy `no-referrer` browsers say `Origin: null` even in our own forms: there the other header decides.
 */
export function isFromOwnPage(request: Request, allowedOrigins: readonly string[]): boolean {
  const origin = request.get('origin')
  const site = request.get('sec-fetch-site')
  if (origin === undefined || origin === 'null') return site === 'same-origin'
  if (allowedOrigins.includes(origin)) return true
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none'
  return !foreign && isOwnHost(origin, request)
}

/** Compares host and port, not the scheme: without TRUST_PROXY we do not know whether a proxy ends TLS. */
function isOwnHost(origin: string, request: Request): boolean {
  const { protocol, host } = URL.parse(origin) ?? {}
  return host !== undefined && host !== '' && host === URL.parse(`${protocol}//${request.host}`)?.host
}

import type { CookieOptions, Request } from 'express'

export const LOGIN_COOKIE = 'portfolio_manager_login'

/**
 * No script reads it, no other site sends it. `Secure` where the request came by TLS, to us or to a proxy that TRUST_PROXY
 * names: on the loopback address there is none, and a browser would not keep it.
 */
export function cookieOptions(request: Request): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', path: '/', secure: request.secure }
}

/** What the login cookie of a request holds. */
export function readLoginCookie(header: string | undefined): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [key, value] = pair.split('=', 2)
    if (key?.trim() === LOGIN_COOKIE) return value?.trim()
  }
  return undefined
}

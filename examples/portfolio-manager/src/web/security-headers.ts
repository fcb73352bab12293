import type { RequestHandler } from 'express'

/**
 * The headers of every answer: only our own scripts, no framing, no guessing of types, and whether prices are replayed.
 */
export function securityHeaders(marketData: 'live' | 'replay'): RequestHandler {
  return (_request, response, next) => {
    response.set({
      'Content-Security-Policy': CONTENT_SECURITY_POLICY,
      // Not `no-referrer`: browsers would then say `Origin: null` in our own forms, which the login checks.
      'Referrer-Policy': 'same-origin',
      'X-Content-Type-Options': 'nosniff',
      'X-Market-Data': marketData,
    })
    next()
  }
}

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

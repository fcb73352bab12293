import { createHash, timingSafeEqual } from 'node:crypto'

import type { Authorization } from '@pm/scheduler-core/http'

/** Decides by the header `Authorization` of a request. */
export type Access = (header: string | null | undefined) => Authorization

/** What a browser is asked for before it opens a page. */
export const BASIC_CHALLENGE = 'Basic realm="scheduler", charset="UTF-8"'

/**
 * Whoever has the token may read and command: programs send it as `Bearer`, browsers as the password of HTTP Basic, with
 * any user name. Replace this with the logins that you have: `jobs`, `view` and `access` of the library say who may do what.
 */
export function createAccess(token: string): Access {
  const expected = digest(token)
  return (header) => {
    const given = tokenIn(header ?? '')
    return given !== '' && timingSafeEqual(digest(given), expected)
      ? { allow: true, principal: { name: 'operator' } }
      : { allow: false, reason: 'unauthenticated' }
  }
}

/** The token that a header carries; empty when it carries none. */
function tokenIn(header: string): string {
  const [, scheme = '', value = ''] = /^(\w+) (.+)$/.exec(header) ?? []
  if (scheme.toLowerCase() === 'bearer') return value
  if (scheme.toLowerCase() !== 'basic') return ''
  const login = Buffer.from(value, 'base64').toString()
  return login.slice(login.indexOf(':') + 1)
}

/** Of one length for every token, so that the comparison takes the same time. */
function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

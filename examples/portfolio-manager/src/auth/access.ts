import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** The roles of users: an admin may do everything, an analyst may read market data and the portfolio. */
export const ROLES = ['admin', 'analyst'] as const
export type Role = (typeof ROLES)[number]

/** The two headers that can carry a credential. */
export interface Credentials {
  readonly authorization: string | undefined
  readonly cookie: string | undefined
}

/** Finds the role of a request. */
export interface Access {
  /** The role of a request's bearer token or login cookie. A wrong bearer token is refused even with a valid cookie. */
  roleOf(credentials: Credentials): Role | null
  /** The role of the token in a login link. */
  roleOfToken(token: string): Role | null
  /** The value of a role's login cookie. It is derived from the token but does not reveal it. */
  sessionOf(role: Role): string
}

export const LOGIN_COOKIE = 'portfolio_manager_login'

export function createAccess(tokens: Readonly<Record<Role, string>>): Access {
  const sessions = Object.fromEntries(ROLES.map((role) => [role, deriveSession(tokens[role])])) as Record<Role, string>
  const roleOfToken = (token: string) => match(tokens, token)
  return {
    roleOfToken,
    sessionOf: (role) => sessions[role],
    roleOf({ authorization, cookie }) {
      if (authorization !== undefined) return roleOfToken(bearerToken(authorization))
      return match(sessions, readCookie(cookie ?? '', LOGIN_COOKIE))
    },
  }
}

/** A new token: 32 random bytes, safe in a URL. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Compares every candidate in constant time, so that timing reveals neither a character nor a role. */
function match(expected: Readonly<Record<Role, string>>, given: string): Role | null {
  const digest = sha256(given)
  const matching = ROLES.filter((role) => timingSafeEqual(sha256(expected[role]), digest))
  return matching[0] ?? null
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function deriveSession(token: string): string {
  return createHmac('sha256', token).update('portfolio-manager login cookie').digest('base64url')
}

function bearerToken(header: string): string {
  return /^Bearer +([\x21-\x7e]+) *$/i.exec(header)?.[1] ?? ''
}

function readCookie(header: string, name: string): string {
  for (const pair of header.split(';')) {
    const [key, value] = pair.split('=', 2)
    if (key?.trim() === name) return value?.trim() ?? ''
  }
  return ''
}

import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Who asks: an admin may do everything, an analyst reads market data and the portfolio. */
export const ROLES = ['admin', 'analyst'] as const
export type Role = (typeof ROLES)[number]

/** The two headers that can carry a credential. */
export interface Credentials {
  readonly authorization: string | undefined
  readonly cookie: string | undefined
}

/** Tells roles by their tokens. */
export interface Access {
  /** The role whose token or login a request carries. A bearer token that is wrong is not made good by a cookie. */
  roleOf(credentials: Credentials): Role | null
  /** The role that a login link's token stands for. */
  roleOfToken(token: string): Role | null
  /** What the login cookie of a role holds: derived from the token, which it does not reveal. */
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

/** A token that nobody can guess: 32 random bytes, safe in a link. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Every candidate is compared, each in constant time, so that timing tells neither a character nor a role. */
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

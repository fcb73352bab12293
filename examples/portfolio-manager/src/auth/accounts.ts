import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

import type { Config } from '../config/read-config.ts'

/** The roles of users: an admin may do everything, an analyst may read market data and the portfolio. */
export const ROLES = ['admin', 'analyst'] as const
export type Role = (typeof ROLES)[number]

/** Whoever may come in. Limits count by the name, so that people who share no account share no limit. */
export interface Account {
  /** Of a-z, 0-9, `_` and `-`. */
  readonly name: string
  readonly role: Role
  /** Secret. */
  readonly token: string
  /** Whether the token was drawn at this start, and so may be shown to whoever started the application. */
  readonly random: boolean
}

/** The accounts of the configuration: `admin` and `analyst`, with random tokens unless they have some, and `ANALYSTS`. */
export function chooseAccounts(config: Pick<Config, 'adminToken' | 'analystToken' | 'analysts'>): readonly Account[] {
  const { adminToken, analystToken, analysts } = config
  return [
    { name: 'admin', role: 'admin', token: adminToken ?? randomToken(), random: adminToken === null },
    { name: 'analyst', role: 'analyst', token: analystToken ?? randomToken(), random: analystToken === null },
    ...analysts.map(({ name, token }) => ({ name, role: 'analyst', token, random: false }) as const),
  ]
}

/** The account of a token. Compares every one in constant time, so that timing reveals neither a character nor an account. */
export function accountOfToken(accounts: readonly Account[], given: string): Account | null {
  const digest = sha256(given)
  const matching = accounts.filter(({ token }) => timingSafeEqual(sha256(token), digest))
  return matching[0] ?? null
}

/** A new token: 32 random bytes, safe in a URL and in a cookie. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url')
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

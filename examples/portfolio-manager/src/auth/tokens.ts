import type { Config } from '../config/read-config.ts'
import { type Role, randomToken } from './access.ts'

/** The tokens of this run of the application. */
export type Tokens = Readonly<Record<Role, string>>

/** The configured tokens, and a random token for each role without one. */
export function chooseTokens({ adminToken, analystToken }: Pick<Config, 'adminToken' | 'analystToken'>): Tokens {
  return { admin: adminToken ?? randomToken(), analyst: analystToken ?? randomToken() }
}

import type { Config } from '../config/read-config.ts'
import { type Role, randomToken } from './access.ts'

/** The tokens of this run of the application. */
export type Tokens = Readonly<Record<Role, string>>

/** The tokens that were configured, and random ones in place of those that were not. */
export function chooseTokens({ adminToken, analystToken }: Pick<Config, 'adminToken' | 'analystToken'>): Tokens {
  return { admin: adminToken ?? randomToken(), analyst: analystToken ?? randomToken() }
}

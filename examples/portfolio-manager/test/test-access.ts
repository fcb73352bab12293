import { type Access, createAccess, createLimits } from '../src/auth/access.ts'
import { type Account, chooseAccounts, type Role } from '../src/auth/accounts.ts'
import { LOGIN_COOKIE } from '../src/auth/login-cookie.ts'
import { createLogins } from '../src/auth/logins.ts'
import type { TokenStore } from '../src/auth/token-store.ts'
import { createMemoryTokenStore } from './memory-token-store.ts'

export const TEST_TOKENS = { admin: 'admin-0123456789abcdef', analyst: 'analyst-0123456789abcdef' } as const

export interface TestAccess {
  readonly access: Access
  readonly accounts: readonly Account[]
  /** The cookie header of a new session. */
  cookieOf(role: Role): Promise<string>
}

/** Access with one account for each role, and `anna` and `ben` beside the analyst. */
export function createTestAccess({
  store = createMemoryTokenStore(),
  now = Date.now,
}: TestAccessOptions = {}): TestAccess {
  const accounts = chooseAccounts({
    adminToken: TEST_TOKENS.admin,
    analystToken: TEST_TOKENS.analyst,
    analysts: ['anna', 'ben'].map((name) => ({ name, token: `token-of-${name}-0001` })),
  })
  const logins = createLogins({ accounts, store, now })
  return {
    access: createAccess({ accounts, logins, ...createLimits(now) }),
    accounts,
    async cookieOf(role) {
      const account = accounts.find(({ name }) => name === role)
      if (account === undefined) throw new Error(`There is no account ${role}.`)
      return `${LOGIN_COOKIE}=${await logins.begin(account)}`
    },
  }
}

export interface TestAccessOptions {
  readonly store?: TokenStore
  readonly now?: () => number
}

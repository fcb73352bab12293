import type { Account } from './accounts.ts'
import { createTokenSigner, hashOf, type TokenKind } from './signed-token.ts'
import type { StoredToken, TokenStore } from './token-store.ts'

/** Sessions, which a browser keeps in a cookie, and links that log in once. Every method rejects with the store's error. */
export interface Logins {
  /** Begins a session and returns what its cookie holds. */
  begin(account: Account): Promise<string>
  /** The account of a session; `null` when it was made up, has ended or has expired. */
  accountOf(session: string): Promise<Account | null>
  /** Ends a session. Idempotent. */
  end(session: string): Promise<void>
  /** Ends every session and every login link of an account. */
  endAll(account: Account): Promise<void>
  /** Makes the code of a login link. */
  makeLink(account: Account): Promise<string>
  /** Uses a login link up; `null` when it was made up, is used up or has expired. */
  useLink(code: string): Promise<Account | null>
}

export const SESSION_MS = 12 * 3_600_000
export const LINK_MS = 3_600_000
/** For so long a session is not looked up again, and so goes on after another process has ended it. */
export const RECHECK_MS = 5_000
/** For so long a session that was looked up goes on while the store is away: the pages then show what is wrong. */
export const WITHOUT_STORE_MS = 15 * 60_000

export function createLogins({ accounts, store, now = Date.now }: LoginsOptions): Logins {
  const signer = createTokenSigner(accounts)
  /** The latest 1,000 sessions that were looked up; `stored` is `null` for those that were ended here. */
  const seen = new Map<string, { readonly stored: StoredToken | null; readonly at: number }>()

  function remember(hash: string, stored: StoredToken | null): void {
    seen.delete(hash)
    seen.set(hash, { stored, at: now() })
    const [oldest = hash] = seen.keys()
    if (seen.size > 1_000) seen.delete(oldest)
  }

  async function make(kind: TokenKind, account: Account, lifeMs: number): Promise<string> {
    const token = signer.make(kind, account)
    const stored = { hash: hashOf(token), account: account.name, expiresAt: new Date(now() + lifeMs) }
    await store.add(stored, new Date(now()))
    return token
  }

  async function lookUp(hash: string): Promise<StoredToken | null> {
    const known = seen.get(hash)
    const age = known === undefined ? Number.POSITIVE_INFINITY : now() - known.at
    if (known !== undefined && age < RECHECK_MS) return known.stored
    try {
      const stored = await store.find(hash)
      // It may have been ended while the store was asked.
      if (seen.get(hash)?.stored === null) return null
      if (stored !== null) remember(hash, stored)
      return stored
    } catch (error) {
      if (known !== undefined && age < WITHOUT_STORE_MS) return known.stored
      throw error
    }
  }

  const isAlive = (stored: StoredToken | null) => stored !== null && stored.expiresAt.getTime() > now()

  return {
    begin: (account) => make('session', account, SESSION_MS),
    makeLink: (account) => make('link', account, LINK_MS),
    async accountOf(session) {
      const account = signer.read('session', session)
      return account !== null && isAlive(await lookUp(hashOf(session))) ? account : null
    },
    async end(session) {
      if (signer.read('session', session) === null) return
      await store.take(hashOf(session))
      remember(hashOf(session), null)
    },
    async endAll(account) {
      await store.removeAll(account.name)
      for (const [hash, { stored }] of [...seen]) if (stored?.account === account.name) remember(hash, null)
    },
    async useLink(code) {
      const account = signer.read('link', code)
      return account !== null && isAlive(await store.take(hashOf(code))) ? account : null
    },
  }
}

export interface LoginsOptions {
  readonly accounts: readonly Account[]
  readonly store: TokenStore
  readonly now?: () => number
}

import type { StoredToken, TokenStore } from '../src/auth/token-store.ts'

/** A store of tokens in memory, which keeps to the same contract as the table. It rejects while `away` is true. */
export interface MemoryTokenStore extends TokenStore {
  away: boolean
  readonly tokens: ReadonlyMap<string, StoredToken>
  /** How often a token was looked up. */
  readonly lookups: number
}

export function createMemoryTokenStore(): MemoryTokenStore {
  const tokens = new Map<string, StoredToken>()
  let lookups = 0
  const store: MemoryTokenStore = {
    away: false,
    tokens,
    get lookups() {
      return lookups
    },
    async add(token, now) {
      refuseWhenAway()
      for (const [hash, { expiresAt }] of tokens) if (expiresAt <= now) tokens.delete(hash)
      tokens.set(token.hash, token)
    },
    async find(hash) {
      refuseWhenAway()
      lookups += 1
      return tokens.get(hash) ?? null
    },
    async take(hash) {
      refuseWhenAway()
      const token = tokens.get(hash) ?? null
      tokens.delete(hash)
      return token
    },
    async removeAll(account) {
      refuseWhenAway()
      for (const [hash, token] of tokens) if (token.account === account) tokens.delete(hash)
    },
  }
  function refuseWhenAway(): void {
    if (store.away) throw Object.assign(new Error('the store is away'), { status: 503 })
  }
  return store
}

import { createHash, createHmac, scryptSync, timingSafeEqual } from 'node:crypto'

import { type Account, randomToken } from './accounts.ts'

/** What a token is good for. One of a kind is none of the other. */
export type TokenKind = 'session' | 'link'

/**
 * Makes and reads `account.random.signature`. The signature is by a key that is derived from the account's own token: made-up
 * tokens are refused without asking the database, and every one of an account ends when its token changes.
 */
export interface TokenSigner {
  make(kind: TokenKind, account: Account): string
  /** The account that a token was made for; `null` when it was made up or is of another kind. */
  read(kind: TokenKind, token: string): Account | null
}

export function createTokenSigner(accounts: readonly Account[]): TokenSigner {
  const byName = new Map(accounts.map((account) => [account.name, account]))
  const keys = new Map<string, Buffer>()

  /** Slow on purpose: whoever has a cookie could otherwise try weak tokens against its signature by the billion. */
  function keyOf({ name, token }: Account): Buffer {
    const key = keys.get(name) ?? scryptSync(token, `portfolio-manager ${name}`, 32)
    keys.set(name, key)
    return key
  }

  const sign = (kind: TokenKind, account: Account, random: string) =>
    createHmac('sha256', keyOf(account)).update(`${kind} ${random}`).digest('base64url')

  return {
    make(kind, account) {
      const random = randomToken()
      return `${account.name}.${random}.${sign(kind, account, random)}`
    },
    read(kind, token) {
      const [, name = '', random = '', signature = ''] = SHAPE.exec(token) ?? []
      const account = byName.get(name)
      if (account === undefined) return null
      const same = timingSafeEqual(Buffer.from(signature), Buffer.from(sign(kind, account, random)))
      return same ? account : null
    },
  }
}

/** The hash under which a token is stored. It is random enough to need neither salt nor a slow function. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

const SHAPE = /^([a-z0-9][a-z0-9_-]{0,31})\.([\w-]{43})\.([\w-]{43})$/

import { type Account, accountOfToken } from './accounts.ts'
import { type Attempts, createAttempts } from './attempts.ts'
import type { Logins } from './logins.ts'
import { networkOf } from './network-of.ts'

/** What a request may bring to say who sends it. */
export interface Credentials {
  readonly authorization: string | undefined
  /** What the login cookie holds. */
  readonly session: string | undefined
  /** The address of the client. */
  readonly address: string
}

export type Identity =
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'nobody' }
  /** Too many wrong attempts: this one was not checked. */
  | { readonly kind: 'limited'; readonly waitMs: number }

/** Finds out who somebody is. Each method rejects with the store's error when it cannot. */
export interface Access {
  /** By a bearer token or a session. A wrong bearer token is refused even with a valid session. */
  identify(credentials: Credentials): Promise<Identity>
  /** By the name of an account and its token. */
  byToken(attempt: TokenAttempt): Identity
  /** By the code of a login link, which is used up. */
  byLink(attempt: LinkAttempt): Promise<Identity>
  readonly logins: Logins
}

export interface TokenAttempt {
  readonly name: string
  readonly token: string
  readonly address: string
}

export interface LinkAttempt {
  readonly code: string
  readonly address: string
}

/** Wrong attempts of one address, of whatever kind, and wrong logins to one account from anywhere, in `ATTEMPTS_MS`. */
export const ATTEMPTS_PER_ADDRESS = 20
export const ATTEMPTS_PER_ACCOUNT = 50
export const ATTEMPTS_MS = 5 * 60_000

/** The limits that the application runs with. */
export function createLimits(now?: () => number): Pick<AccessOptions, 'byAddress' | 'byAccount'> {
  const clock = now === undefined ? {} : { now }
  return {
    byAddress: createAttempts({ limit: ATTEMPTS_PER_ADDRESS, windowMs: ATTEMPTS_MS, ...clock }),
    byAccount: createAttempts({ limit: ATTEMPTS_PER_ACCOUNT, windowMs: ATTEMPTS_MS, ...clock }),
  }
}

export function createAccess({ accounts, logins, byAddress, byAccount }: AccessOptions): Access {
  /** One tick from the count to its return, so that right attempts at the same moment do not limit each other. */
  function byToken(token: string, keys: readonly Key[], name?: string): Identity {
    const waitMs = takeAll(keys)
    if (waitMs > 0) return { kind: 'limited', waitMs }
    const account = accountOfToken(accounts, token)
    if (account === null || (name !== undefined && account.name !== name)) return NOBODY
    giveBackAll(keys)
    return { kind: 'account', account }
  }

  return {
    logins,
    async identify({ authorization, session, address }) {
      if (authorization !== undefined) return byToken(bearerToken(authorization), [[byAddress, networkOf(address)]])
      const account = session === undefined ? null : await logins.accountOf(session)
      return account === null ? NOBODY : { kind: 'account', account }
    },
    byToken({ name, token, address }) {
      return byToken(
        token,
        [
          [byAddress, networkOf(address)],
          [byAccount, name.slice(0, 32)],
        ],
        name,
      )
    },
    async byLink({ code, address }) {
      const keys: readonly Key[] = [[byAddress, networkOf(address)]]
      const waitMs = takeAll(keys)
      if (waitMs > 0) return { kind: 'limited', waitMs }
      const account = await logins.useLink(code)
      if (account === null) return NOBODY
      giveBackAll(keys)
      return { kind: 'account', account }
    },
  }
}

export interface AccessOptions {
  readonly accounts: readonly Account[]
  readonly logins: Logins
  readonly byAddress: Attempts
  readonly byAccount: Attempts
}

type Key = readonly [Attempts, string]

const NOBODY: Identity = { kind: 'nobody' }

/** 0, or how many milliseconds to wait for the first key that has had too many. */
function takeAll(keys: readonly Key[]): number {
  for (const [attempts, key] of keys) {
    const waitMs = attempts.take(key)
    if (waitMs > 0) return waitMs
  }
  return 0
}

function giveBackAll(keys: readonly Key[]): void {
  for (const [attempts, key] of keys) attempts.giveBack(key)
}

function bearerToken(header: string): string {
  return /^Bearer +([\x21-\x7e]+) *$/i.exec(header)?.[1] ?? ''
}

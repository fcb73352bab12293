import type { Clock } from '@pm/scheduler-core'

import { type FetchRefusal, failed } from '../quote/quote-result.ts'
import { type SendStep, signIn } from './sign-in.ts'
import { PAGE, type SignedIn } from './yahoo-requests.ts'

/**
 * The session of one provider with Yahoo. It lasts across polls, until its cookies end or Yahoo refuses it. Polls that
 * need one at the same time share one sign-in.
 */
export interface YahooSession {
  /** The session, after a sign-in through `send` when there is none; or why there is none. Rejects only when `send` does. */
  enter(send: SendStep, signal: AbortSignal): Promise<Entered | FetchRefusal>
  /** Forgets this session if it is still the present one: the next request signs in anew. */
  forget(session: SignedIn): void
}

export interface Entered {
  readonly kind: 'entered'
  readonly session: SignedIn
  /** Whether it needed a sign-in, also one that another poll had begun. */
  readonly signedIn: boolean
}

export function createYahooSession(clock: Clock): YahooSession {
  let present: SignedIn | null = null
  let signingIn: Promise<Entered | FetchRefusal> | null = null

  async function signInAnew(send: SendStep): Promise<Entered | FetchRefusal> {
    try {
      const session = await signIn(send, clock)
      if ('kind' in session) return session
      present = session
      return { kind: 'entered', session, signedIn: true }
    } finally {
      signingIn = null
    }
  }

  return {
    async enter(send, signal) {
      if (present !== null && present.cookies.headerFor(PAGE) !== '') {
        return { kind: 'entered', session: present, signedIn: false }
      }
      while (signingIn !== null) {
        const entered = await unlessAborted(signingIn, signal)
        // When the poll that was signing in is aborted, this one signs in itself.
        if (signal.aborted || entered.kind !== 'failed' || entered.code !== 'ABORTED') return entered
      }
      signingIn = signInAnew(send)
      return signingIn
    },
    forget(session) {
      if (present === session) present = null
    },
  }
}

/** What a promise resolves with, or `ABORTED` as soon as the signal aborts. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | FetchRefusal> {
  const { promise: aborted, resolve } = Promise.withResolvers<FetchRefusal>()
  const onAbort = () => resolve(failed('ABORTED'))
  if (signal.aborted) onAbort()
  signal.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}

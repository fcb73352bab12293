import { systemClock } from '@pm/scheduler-core'
import { within } from '@pm/scheduler-core/http'

import { isAddress } from '../options/check-options.ts'
import type { DashboardOptions, LoginAsked } from '../options/dashboard-options.ts'
import { report } from './door.ts'

/** The address where a viewer logs in; `null` when the host's hook names none, fails, or takes too long. */
export type LoginAddress<R> = (native: R, asked: LoginAsked) => Promise<string | null>

export function createLoginAddress<R>(options: DashboardOptions<R>): LoginAddress<R> {
  const { login, authorizeTimeoutMs: limitMs = 5_000, clock = systemClock, onError } = options
  const fail = (error: unknown) => report({ onError, view: 'admin' }, error)
  return async (native, asked) => {
    if (!login) return null
    try {
      const answer = Promise.resolve(login(native, asked))
      if (!(await within(clock, limitMs, answer))) throw new Error(`login took over ${limitMs} ms`)
      const address = await answer
      if (address === null || address === undefined) return null
      if (!isAddress(address)) throw new TypeError('login has to answer an http(s) address or null')
      if (leadsBack(address, asked)) throw new Error('login has to lead elsewhere than to the page that was asked for')
      return inHeader(address)
    } catch (error) {
      fail(error)
      return null
    }
  }
}

/** Whether the viewer would be sent in a circle: to the page that is asked for, whatever its query. */
function leadsBack(address: string, { returnTo }: LoginAsked): boolean {
  const page = new URL(returnTo, 'http://host')
  const next = new URL(address, page)
  return next.origin === page.origin && withoutSlash(next.pathname) === withoutSlash(page.pathname)
}

function withoutSlash(path: string): string {
  return path.endsWith('/') ? path.slice(0, -1) : path
}

/** What a header cannot carry, encoded; the rest as the host wrote it. */
function inHeader(address: string): string {
  return address.replace(/[^\x21-\x7e]+/gu, encodeURIComponent)
}

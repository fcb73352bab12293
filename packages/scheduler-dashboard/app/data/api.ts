import { createStatusClient, type StatusClient } from '@pm/scheduler-core/client'

import type { PageClock } from '../format/page-clock.ts'
import { apiPaths } from '../live/topic.ts'

export type Api = StatusClient<'v2'>

/** A row of the ledger by itself, with what its page alone tells. */
export type RunRow = Awaited<ReturnType<Api['admin']['run']>>
export type RunDetail = Extract<RunRow, { readonly kind: 'run' }>

/** The client of a scheduler. With a signal, its requests end when the signal does. */
export type ApiOf = (schedulerKey: string, signal?: AbortSignal) => Api

export function createApiOf(mount: string, clock: PageClock): ApiOf {
  return (key, signal) =>
    createStatusClient({
      baseUrl: '',
      version: 'v2',
      paths: apiPaths(mount, key),
      async fetch(url, init) {
        const signals = [init.signal, signal].filter((one) => one !== null && one !== undefined)
        const response = await fetch(url, { ...init, signal: AbortSignal.any(signals) })
        const date = Date.parse(response.headers.get('date') ?? '')
        if (!Number.isNaN(date)) clock.calibrate(date)
        return response
      },
    })
}

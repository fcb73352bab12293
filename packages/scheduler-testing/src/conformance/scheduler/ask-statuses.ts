import type { Scheduler } from '@pm/scheduler-core'
import { adminStatusV1, marketDataStatusV1 } from '@pm/scheduler-core/contract/v1'
import { adminStatusV2, type JobListView, jobList, marketDataStatusV2 } from '@pm/scheduler-core/contract/v2'
import { createFetchHandler, type StatusVersion } from '@pm/scheduler-core/http'
import { expect } from 'vitest'

import { expectConsistentViews } from '../../standard/expect-consistent-views.ts'
import { expectStandardMetrics } from '../../standard/expect-standard-metrics.ts'
import type { StandardViewName } from '../../standard/views.ts'

const SCHEMAS = {
  'admin-v1': adminStatusV1.strict(),
  'admin-v2': adminStatusV2,
  'market-data-v1': marketDataStatusV1.strict(),
  'market-data-v2': marketDataStatusV2,
} as const

/**
 * Asks for both statuses in both versions as clients do. Each has to be answered with 200, in the format of its schema, with
 * numbers that agree within it and with the others.
 */
export async function askStatuses(scheduler: Scheduler) {
  const statuses = {
    'admin-v1': await ask(scheduler, 'admin', { version: 'v1', path: '/status' }),
    'admin-v2': await ask(scheduler, 'admin', { version: 'v2', path: '/status' }),
    'market-data-v1': await ask(scheduler, 'market-data', { version: 'v1', path: '/status' }),
    'market-data-v2': await ask(scheduler, 'market-data', { version: 'v2', path: '/status' }),
  }
  const views = Object.keys(statuses) as StandardViewName[]
  for (const [at, view] of views.entries()) {
    const response = statuses[view]
    expect(SCHEMAS[view].safeParse(response).error).toBeUndefined()
    expectStandardMetrics(response, view)
    for (const other of views.slice(at + 1))
      expectConsistentViews({ view, response }, { view: other, response: statuses[other] })
  }
  return statuses
}

/** Asks for all jobs as clients do. */
export async function askJobs(scheduler: Scheduler): Promise<JobListView> {
  return jobList.parse(await ask(scheduler, 'admin', { path: '/jobs' }))
}

interface Asked {
  /** Default v1. */
  readonly version?: StatusVersion
  readonly path: string
  /** Default 200. */
  readonly status?: number
}

/** The body of an answer, which has to have this status. */
export async function ask(
  scheduler: Scheduler,
  view: 'admin' | 'market-data',
  { version = 'v1', path, status = 200 }: Asked,
): Promise<unknown> {
  const reported: unknown[] = []
  const handler = createFetchHandler(scheduler, {
    view,
    version,
    authorize: () => ({ allow: true, principal: { name: 'ada' } }),
    onError: (error) => void reported.push(error),
  })
  const answer = await handler(new Request(`http://localhost${path}`))
  expect([view, version, answer.status, reported]).toEqual([view, version, status, []])
  return answer.json()
}

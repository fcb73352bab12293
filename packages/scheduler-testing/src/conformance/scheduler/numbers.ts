import { defineMetric, every, type Scheduler } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { ask } from './ask-statuses.ts'
import { MINUTE, minutely, openStage, SECOND, T0 } from './stage.ts'

const RANGE = `from=${new Date(T0).toISOString()}&to=${new Date(T0 + 5 * MINUTE).toISOString()}`

const VIEWS: readonly Parameters<typeof ask>[1][] = ['admin', 'market-data']
const PATHS = ['/status', '/metrics/definitions', '/status?explain=interval_minutes'] as const
const OF_ADMINS = [
  '/jobs',
  '/jobs/poll',
  '/jobs?explain=interval_minutes',
  '/runs',
  `/history?metric=avg_duration_ms&step_ms=60000&${RANGE}`,
]

/** What numbers look like in responses, and what they are called. */
export function tellsItsNumbersPlainly<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('shows no number with the noise of floating point, in any response', async () => {
    const stage = await openStage(createHarness)
    const metric = defineMetric({
      id: 'backlog_minutes',
      title: 'Backlog',
      kind: 'gauge',
      unit: 'minutes',
      audience: ['admin'],
      help: 'How much is left.',
      read: () => 0.1 + 0.2,
    })
    const job = minutely<S>((context) => context.progress(0.1 + 0.2, 0.7), {
      schedule: every({ seconds: 10, anchorAt: new Date(0) }),
    })
    const scheduler = stage.instance({ jobs: [job], metrics: [metric] })
    await scheduler.open()
    await stage.pass(21 * SECOND)
    for (const view of VIEWS) {
      for (const path of PATHS) expectPlain(path, await ask(scheduler, view, { version: 'v2', path }))
      expectPlain(`v1 ${view}`, await ask(scheduler, view, { path: '/status' }))
    }
    for (const path of OF_ADMINS) expectPlain(path, await ask(scheduler, 'admin', { version: 'v2', path }))
    const { items } = (await ask(scheduler, 'admin', { path: '/jobs' })) as { items: readonly object[] }
    expect(items).toMatchObject([{ interval_minutes: 0.1667 }])
  })

  it('explains a number by its id and by the field that shows it, and says which is which', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    const explained = async (name: string) => {
      const answer = await ask(scheduler, 'admin', { version: 'v2', path: `/status?explain=${name}` })
      return (answer as { explain: { id: string; fields: readonly string[] } }).explain
    }
    const byField = await explained('failed_runs_by_outcome.timed_out')
    expect(byField).toMatchObject({ id: 'failed_runs_timed_out' })
    expect(byField.fields).toContain('windows.*.failed_runs_by_outcome.timed_out')
    expect(await explained('failed_runs_timed_out')).toEqual(byField)
    expect(await explained('nextRun')).toMatchObject({ id: 'next_run_at' })
    const one = await ask(scheduler, 'market-data', { path: '/metrics/definitions?metric=total_symbols_processed' })
    expect(one).toMatchObject({
      items: [{ id: 'items_processed', fields: expect.arrayContaining(['windows.*.items_processed']) }],
    })
  })

  it('refuses a name that is no metric and no field, or several, with what was meant', async () => {
    const stage = await openStage(createHarness)
    const scheduler = await stage.open(() => {})
    expect(await refused(scheduler, '/status?explain=nextRn')).toMatchObject({
      detail: expect.stringMatching(/^query\.explain: .*Did you mean "nextRun"/),
    })
    expect(await refused(scheduler, '/status?explain=failed')).toMatchObject({
      detail: expect.stringMatching(/^query\.explain: expected one of .*provider_failed_calls/),
    })
    expect(await refused(scheduler, '/metrics/definitions?metric=totl_runs')).toMatchObject({
      detail: expect.stringMatching(/^query\.metric: .*Did you mean "total_runs"/),
    })
  })
}

async function refused(scheduler: Scheduler, path: string): Promise<unknown> {
  return ask(scheduler, 'admin', { version: 'v2', path, status: 400 })
}

/** At most six decimals, and as many digits as such a number has when it is written down. */
function expectPlain(what: string, body: unknown): void {
  const noisy = JSON.stringify(body).match(/\d\.\d{7,}/g)
  expect([what, noisy]).toEqual([what, null])
}

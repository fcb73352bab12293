import type { Logger, SchedulerEvents, SchedulerOptions } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { noticeRejections } from './notice-rejections.ts'
import { fates, MINUTE, minutely, openStage, SECOND } from './stage.ts'

type Story = readonly [what: string, options: Partial<SchedulerOptions<never>>]

const throws = (): never => {
  throw new Error('the host is broken')
}
const rejects: () => unknown = async () => throws()

/** What the host gives the scheduler may fail wherever it is called: that costs no run, no command and no close. */
export function outlivesABrokenHost<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it.for([
    ['a logger that throws', { logger: logger(throws) }],
    ['a logger that rejects', { logger: logger(rejects) }],
    ['a logger that has no methods', { logger: {} as Logger }],
    ['a probe of the process that throws', { processProbe: { start: throws, stop: throws, read: throws } }],
  ] satisfies readonly Story[])('works as ever with %s', async ([, options]) => {
    const noticed = noticeRejections()
    const stage = await openStage(createHarness)
    let attempts = 0
    const poll = minutely<S>(() => (++attempts === 2 ? Promise.reject(new Error('not today')) : undefined))
    const never = minutely<S>(() => new Promise(() => {}), { name: 'never', timeoutMs: 10 * SECOND })
    const scheduler = stage.instance({ jobs: [poll, never], ...options })
    breakEveryListener((event) => scheduler.on(event, throws))
    breakEveryListener((event) => scheduler.on(event, rejects))
    await scheduler.open()
    await stage.pass(2 * MINUTE)
    await scheduler.pause()
    await scheduler.resume()
    const { job } = await stage.snapshot(scheduler).then(({ jobs }) => ({ job: jobs[0] }))
    expect(job?.tallies.lifetime).toMatchObject({ succeeded: 1, failed: 1 })
    await stage.pass(MINUTE)
    const closing = scheduler.close({ graceMs: SECOND })
    await stage.pass(SECOND + 500)
    await closing
    expect(scheduler.state).toBe('stopped')
    expect(fates(await stage.ledger(scheduler)).sort()).toEqual([
      '1 succeeded',
      '1 timed_out',
      '2 failed',
      '2 timed_out',
      '3 interrupted',
      '3 succeeded',
    ])
    expect(noticed()).toEqual([])
  })
}

function logger(write: () => unknown): Logger {
  return { debug: write, info: write, warn: write, error: write }
}

function breakEveryListener(listen: (event: keyof SchedulerEvents) => void): void {
  const events: Record<keyof SchedulerEvents, true> = {
    opened: true,
    closing: true,
    'run-started': true,
    'run-progress': true,
    'run-settled': true,
    'run-released': true,
    'due-times-not-run': true,
    'outcome-refused': true,
    'outcome-reduced': true,
    'state-changed': true,
  }
  for (const event of Object.keys(events) as (keyof SchedulerEvents)[]) listen(event)
}

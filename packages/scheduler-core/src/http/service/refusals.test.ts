import { createManualClock } from '@pm/scheduler-testing'
import { expect, it } from 'vitest'

import { SchedulerError } from '../../errors.ts'
import { createRefusals } from './refusals.ts'

it('1,950 refused streams are one report with their number', async () => {
  const { refusals, clock, reports } = openRefusals()
  for (let client = 0; client < 1_950; client++) {
    expect(refusals.takes(new SchedulerError('TOO_MANY_STREAMS', {}), 'events')).toBe(true)
  }
  expect(reports).toEqual([])
  await clock.advance(10_000)
  expect(reports).toEqual(['events TOO_MANY_STREAMS 1950'])
  await clock.advance(60_000)
  expect(reports).toHaveLength(1)
  refusals.takes(new SchedulerError('TOO_MANY_STREAMS', {}), 'events')
  await clock.advance(10_000)
  expect(reports).toEqual(['events TOO_MANY_STREAMS 1950', 'events TOO_MANY_STREAMS 1'])
})

it('each kind of refusal is counted by itself, and a close reports what waits', () => {
  const { refusals, reports } = openRefusals()
  for (const code of ['TOO_MANY_STREAMS', 'SHUTTING_DOWN', 'SHUTTING_DOWN'] as const) {
    refusals.takes(new SchedulerError(code, {}), 'events')
  }
  refusals.flush()
  expect(reports).toEqual(['events TOO_MANY_STREAMS 1', 'events SHUTTING_DOWN 2'])
})

it('counts refused questions by their routes', () => {
  const { refusals, reports } = openRefusals()
  for (const route of ['audit', 'runs', 'audit']) refusals.takes(new SchedulerError('READS_BUSY', {}), route)
  refusals.flush()
  expect(reports).toEqual(['audit READS_BUSY 2', 'runs READS_BUSY 1'])
})

it('any other failure is left to be reported at once', () => {
  const { refusals } = openRefusals()
  expect(refusals.takes(new Error('no'), 'events')).toBe(false)
  expect(refusals.takes(new SchedulerError('STORE_UNAVAILABLE', { operation: 'snapshot' }), 'events')).toBe(false)
})

function openRefusals() {
  const clock = createManualClock()
  const reports: string[] = []
  const report = (error: unknown, { route, count }: { readonly route: string; readonly count: number }) =>
    void reports.push(`${route} ${Reflect.get(Object(error), 'code')} ${count}`)
  return { clock, reports, refusals: createRefusals({ clock, report }) }
}

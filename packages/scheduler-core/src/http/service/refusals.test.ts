import { createManualClock } from '@pm/scheduler-testing'
import { expect, it } from 'vitest'

import { SchedulerError } from '../../errors.ts'
import { createRefusals } from './refusals.ts'

it('1,950 refused streams are one report with their number', async () => {
  const { refusals, clock, reports } = openRefusals()
  for (let client = 0; client < 1_950; client++) {
    expect(refusals.takes(new SchedulerError('TOO_MANY_STREAMS', {}))).toBe(true)
  }
  expect(reports).toEqual([])
  await clock.advance(10_000)
  expect(reports).toEqual(['TOO_MANY_STREAMS 1950'])
  await clock.advance(60_000)
  expect(reports).toHaveLength(1)
  refusals.takes(new SchedulerError('TOO_MANY_STREAMS', {}))
  await clock.advance(10_000)
  expect(reports).toEqual(['TOO_MANY_STREAMS 1950', 'TOO_MANY_STREAMS 1'])
})

it('each kind of refusal is counted by itself, and a close reports what waits', () => {
  const { refusals, reports } = openRefusals()
  for (const code of ['TOO_MANY_STREAMS', 'SHUTTING_DOWN', 'SHUTTING_DOWN'] as const) {
    refusals.takes(new SchedulerError(code, {}))
  }
  refusals.flush()
  expect(reports).toEqual(['TOO_MANY_STREAMS 1', 'SHUTTING_DOWN 2'])
})

it('any other failure is left to be reported at once', () => {
  const { refusals } = openRefusals()
  expect(refusals.takes(new Error('no'))).toBe(false)
  expect(refusals.takes(new SchedulerError('STORE_UNAVAILABLE', { operation: 'snapshot' }))).toBe(false)
})

function openRefusals() {
  const clock = createManualClock()
  const reports: string[] = []
  const report = (error: unknown, count: number) => void reports.push(`${Reflect.get(Object(error), 'code')} ${count}`)
  return { clock, reports, refusals: createRefusals({ clock, report }) }
}

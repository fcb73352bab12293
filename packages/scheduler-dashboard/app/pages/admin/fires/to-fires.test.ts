import type { JobView } from '@pm/scheduler-core/contract/v2'
import { expect, it } from 'vitest'

import { toFires } from './to-fires.ts'

const job = (name: string, next_run_at: string | null, schedule: object = { kind: 'every' }) =>
  ({ name, next_run_at, schedule, paused: null }) as JobView

it('the next fires are those of all schedulers, soonest first, without what does not fire', () => {
  const cron = { kind: 'cron', timezone: 'Europe/Zurich' }
  const fires = toFires([
    { key: 'a', name: 'A', items: [job('late', '2025-09-16T03:00:00.000Z'), job('never', null)] },
    { key: 'b', name: 'B', items: [job('soon', '2025-09-16T02:00:00.000Z', cron)] },
  ])
  expect(fires.map(({ id, zone }) => [id, zone])).toEqual([
    ['b soon', 'Europe/Zurich'],
    ['a late', null],
  ])
})

it('are at most twenty', () => {
  const items = Array.from({ length: 30 }, (_, index) => job(`job-${index}`, '2025-09-16T02:00:00.000Z'))
  expect(toFires([{ key: 'a', name: 'A', items }])).toHaveLength(20)
})

import type { JobView, UpcomingView } from '@pm/scheduler-core/contract/v2'
import { expect, it } from 'vitest'

import { toFires } from './to-fires.ts'

const due = (job: string, due_at: string, starts_at: string | null = due_at): UpcomingView['items'][number] => ({
  job,
  due_at,
  starts_at,
  fate: starts_at === null ? 'suppressed' : 'run',
  calendar: null,
})

it('the next fires are those of all schedulers, soonest first, each due time of a job by itself', () => {
  const schedule = { kind: 'cron', pattern: '0 4 * * *', timezone: 'Europe/Zurich' } as JobView['schedule']
  const fires = toFires([
    {
      key: 'a',
      name: 'A',
      jobs: [],
      upcoming: [due('often', '2025-09-16T03:00:00.000Z'), due('often', '2025-09-16T03:01:00.000Z')],
    },
    { key: 'b', name: 'B', jobs: [{ name: 'soon', schedule }], upcoming: [due('soon', '2025-09-16T02:00:00.000Z')] },
  ])
  expect(fires.map(({ job, zone }) => [job, zone])).toEqual([
    ['soon', 'Europe/Zurich'],
    ['often', null],
    ['often', null],
  ])
})

it('a due time that will not run is there with its fate', () => {
  const upcoming = [due('paused', '2025-09-16T03:00:00.000Z', null)]
  expect(toFires([{ key: 'a', name: 'A', jobs: [], upcoming }])).toMatchObject([
    { at: '2025-09-16T03:00:00.000Z', fate: 'suppressed' },
  ])
})

it('are at most twenty', () => {
  const upcoming = Array.from({ length: 30 }, (_, index) => due(`job-${index}`, '2025-09-16T02:00:00.000Z'))
  expect(toFires([{ key: 'a', name: 'A', jobs: [], upcoming }])).toHaveLength(20)
})

import { systemClock } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import { createTestBed, openStore } from './test-bed.ts'

const SCHEDULER = 'busy'
/** Of this test's own database. */
const WAITING = `
  SELECT count(*)::int AS waiting FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`

const bed = await createTestBed()

it('a command waits for the units that hold the control state when it comes, and for none that come later', async () => {
  const dataSource = await bed.open({ poolSize: 4 })
  const { sessions, store } = await openStore(dataSource)
  const now = systemClock.now()
  const jobs = [{ job: 'poll', cursor: now }]
  await sessions.withSession((session) => store.register(session, { scheduler: SCHEDULER, jobs, now }))
  const order: string[] = []
  const first = Promise.withResolvers<void>()

  function unit(name: string, { forCommand = false, until = Promise.resolve() } = {}): Promise<void> {
    return sessions.withSession(async (session) => {
      await store.lockJobs(session, { scheduler: SCHEDULER, jobs: [], forCommand })
      order.push(name)
      await until
    })
  }
  async function waiting(): Promise<number> {
    const [row]: { waiting: number }[] = await dataSource.query(WAITING)
    return row?.waiting ?? 0
  }

  const units = [unit('first', { until: first.promise })]
  await expect.poll(() => order).toEqual(['first'])
  units.push(unit('command', { forCommand: true }))
  await expect.poll(waiting).toBe(1)
  // By the row's lock alone this one shared it at once, and so did all that followed.
  units.push(unit('later'))
  await expect.poll(waiting).toBe(2)
  first.resolve()
  await Promise.all(units)
  expect(order).toEqual(['first', 'command', 'later'])
})

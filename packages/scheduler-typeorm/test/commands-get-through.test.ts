import { setTimeout as sleep } from 'node:timers/promises'

import { systemClock } from '@pm/scheduler-core'
import { createStallMeter } from '@pm/testlab'
import { expect, it } from 'vitest'

import { createTestBed, openStore } from './test-bed.ts'

const SCHEDULER = 'busy'
const SHARING = 6
/** How long each of them holds the control state: there is always one that does. */
const HELD_MS = 10
const COMMANDS = 20

const bed = await createTestBed()

it('a command waits for the units that hold the control state when it comes, and for none that come later', async () => {
  const dataSource = await bed.open({ poolSize: SHARING + 2 })
  const { sessions, store } = await openStore(dataSource)
  const now = systemClock.now()
  const jobs = [{ job: 'poll', cursor: now }]
  await sessions.withSession((session) => store.register(session, { scheduler: SCHEDULER, jobs, now }))

  let goesOn = true
  const share = async () => {
    while (goesOn) {
      await sessions.withSession(async (session) => {
        await store.lockJobs(session, { scheduler: SCHEDULER, jobs: [] })
        await sleep(HELD_MS)
      })
    }
  }
  const sharing = Array.from({ length: SHARING }, share)
  const meter = createStallMeter()
  const waits: number[] = []
  for (let command = 0; command < COMMANDS; command++) {
    await sleep(HELD_MS)
    const from = performance.now()
    await sessions.withSession((session) =>
      store.lockJobs(session, { scheduler: SCHEDULER, jobs: [], forCommand: true }),
    )
    waits.push(performance.now() - from)
  }
  goesOn = false
  await Promise.all(sharing)
  meter.stop()
  // By the row's lock alone the mean was 100 ms and more, and grew with every unit that shares it.
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / COMMANDS
  expect(mean).toBeLessThan(5 * HELD_MS + meter.totalMs / COMMANDS)
})

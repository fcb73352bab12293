import { createScheduler, defineJob, every, isSchedulerError, type Scheduler, toAdminStatus } from '@pm/scheduler-core'
import type { EntityManager } from 'typeorm'
import { describe, expect, it, onTestFinished } from 'vitest'

import { createTestBed, openStore } from './test-bed.ts'

const bed = await createTestBed()
const opened = await openStore(await bed.open())

/**
 * A dashboard once showed 0 symbols and 0.00 % while 44 runs and 115 symbols stood in the table: its scheduler service was a
 * singleton that had kept the database session of the first request, and a dead session reads as nothing.
 */
describe('a singleton built in one request and asked in another', () => {
  it('gives the right numbers after the session it was built in was closed', async () => {
    const { sessions } = opened
    let service: Scheduler | null = null
    await sessions.withSession(
      async () => {
        service = await build()
        await play(service, 44)
      },
      { unit: 'first request' },
    )
    const later = await sessions.withSession(() => status(service), { unit: 'second request' })
    expect(later).toMatchObject({ total_runs: 44, successful_runs: 44, symbols_processed: 115, success_rate: 100 })
    // And in two requests at the same time, which raced for the one session in the fix of that day.
    const [one, other] = await Promise.all([status(service), status(service)])
    expect([one.symbols_processed, other.symbols_processed]).toEqual([115, 115])
  })

  it('gets an error with a name, never zeros, when it kept the session itself', async () => {
    const { sessions } = opened
    let kept: EntityManager | null = null
    const count = async () => kept?.query('SELECT count(*) FROM pg_class')
    await sessions.withSession(
      async (session) => {
        kept = session
        expect(await count()).toHaveLength(1)
      },
      { unit: 'first request' },
    )
    const error = await count().catch((reason: unknown) => reason)
    expect(isSchedulerError(error, 'SESSION_CLOSED') && error.details).toEqual({ unit: 'first request' })
  })
})

async function build(): Promise<Scheduler> {
  const { sessions, store } = opened
  let run = 0
  const poll = defineJob<EntityManager>({
    name: 'poll',
    schedule: every({ minutes: 15 }),
    // 44 runs with 115 symbols: 27 of 3 and 17 of 2.
    handler: (ctx) => ctx.report({ processed: run++ < 27 ? 3 : 2 }),
  })
  const service = createScheduler({ name: 'market_data_scheduler', jobs: [poll], sessions, store })
  await service.open()
  onTestFinished(() => service.close({ graceMs: 0 }))
  return service
}

async function play(service: Scheduler, runs: number): Promise<void> {
  for (let run = 0; run < runs; run++) {
    await service.runJob('poll')
    await service.whenIdle()
  }
}

async function status(service: Scheduler | null) {
  if (!service) throw new Error('Nobody built it.')
  return toAdminStatus((await service.snapshot({ maxAgeMs: 0 })).snapshot)
}

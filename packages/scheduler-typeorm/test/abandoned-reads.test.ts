import { createScheduler, every, type SessionProvider, systemClock } from '@pm/scheduler-core'
import type { EntityManager } from 'typeorm'
import { expect, it } from 'vitest'

import { tableNames } from '../src/sql/names.ts'
import { fillHistory } from './fill-history.ts'
import { runsGoOn } from './live-scheduler.ts'
import { createTestBed, openStore, poolOf } from './test-bed.ts'

const ROWS = 20_000
const CROWD = 200
const DAY_MS = 86_400_000

const bed = await createTestBed()

it('a crowd of audits that are abandoned holds two connections at most, and nothing waits for it', async () => {
  const dataSource = await bed.open({ poolSize: 10 })
  const { schema, sessions, store } = await openStore(dataSource)
  const until = systemClock.now()
  const history = { scheduler: 'crowded', jobs: 5, runs: ROWS, everyMs: 4_000, until }
  const names = tableNames(schema)
  await fillHistory(dataSource, names, history)
  // Known for as long as they have runs, the jobs are what an audit reads the whole ledger for.
  await dataSource.query(`UPDATE ${names.job} SET since_at = to_timestamp(0)`)
  const counted = countingAudits(sessions)
  const ticked = Promise.withResolvers<void>()
  let ticks = 0
  const scheduler = createScheduler<EntityManager>({
    name: 'crowded',
    sessions: counted.sessions,
    store,
    // The grace is for a machine that is busy with other things. A pool that is held would outlast it.
    jobs: [
      { name: 'job-0', schedule: every({ days: 1 }), handler: () => {} },
      {
        name: 'tick',
        schedule: every({ seconds: 1 }),
        misfireGraceMs: 5_000,
        handler() {
          if (++ticks === 3) ticked.resolve()
        },
      },
    ],
    recentWindowMs: 3_600_000,
  })
  await scheduler.open()
  const from = systemClock.now()

  const range = { from: until - DAY_MS, to: until }
  const asked = Array.from({ length: CROWD }, (_, caller) => {
    const gone = new AbortController()
    const answer = scheduler.audit(range, { by: `caller-${caller}`, signal: gone.signal })
    return {
      gone,
      outcome: answer.then(() => 'answered').catch((error: unknown) => Reflect.get(Object(error), 'code')),
    }
  })
  // Meanwhile the state is read from the store, again and again, and due times come and go.
  for (let read = 0; read < 10; read++) await scheduler.snapshot({ maxAgeMs: 0 })
  await ticked.promise
  for (const { gone } of asked) gone.abort()
  const outcomes = await Promise.all(asked.map(({ outcome }) => outcome))

  const foreseen = ['answered', 'READS_BUSY', 'READ_ABANDONED']
  expect(outcomes.filter((outcome) => !foreseen.includes(outcome))).toEqual([])
  expect(outcomes.filter((outcome) => outcome === 'READS_BUSY').length).toBeGreaterThanOrEqual(CROWD - 2 - 16)
  expect(counted.most).toBeLessThanOrEqual(2)
  expect(counted.most).toBeGreaterThan(0)
  expect(counted.units).toBeGreaterThan(4)
  expect(counted.open).toBe(0)
  expect(counted.waited).toBe(0)
  expect(scheduler.state).toBe('running')
  await runsGoOn(scheduler)
  const [tick] = await scheduler.audit({ job: 'tick', from: from - 1_000, to: systemClock.now() })
  expect(tick).toMatchObject({ unexplained: [] })
  expect(tick?.started).toBeGreaterThan(2)
  await scheduler.close()
  expect(poolOf(dataSource).busy).toBe(0)
})

/** The same sessions, which count those of audits that are open at a time, and how many units wait for a connection. */
function countingAudits(inner: SessionProvider<EntityManager>) {
  const counts = { open: 0, most: 0, units: 0, waited: 0 }
  const sessions: SessionProvider<EntityManager> = {
    ...inner,
    withSession(work, options) {
      const { idle = 0, waiting = 0 } = inner.pool?.() ?? {}
      // The pool hands out an idle connection a moment later: that is no wait.
      if (idle === 0) counts.waited = Math.max(counts.waited, waiting)
      return inner.withSession(async (session) => {
        if (options?.unit !== 'audit') return work(session)
        counts.units++
        counts.most = Math.max(counts.most, ++counts.open)
        try {
          return await work(session)
        } finally {
          counts.open--
        }
      }, options)
    },
  }
  return Object.assign(counts, { sessions })
}

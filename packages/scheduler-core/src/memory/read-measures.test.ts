import fc from 'fast-check'
import { expect, it } from 'vitest'

import { randomInstanceId, randomRunId } from '../ids.ts'
import { sumRuns } from '../ports/measures.ts'
import { NO_ITEMS } from '../run/ledger-entry.ts'
import { createMemoryBackend } from './create-memory-backend.ts'

const SCHEDULER = 'market_data'
const JOBS = ['poll', 'report', 'rebalance']
const WINDOWS = { recent: 7_200_000, last_hour: 3_600_000 }
const T0 = Date.UTC(2025, 8, 16, 2)
const owner = randomInstanceId()

const step = fc.record({
  what: fc.constantFrom('settle', 'settle', 'settle', 'roll back', 'look', 'hold', 'let go', 'forget', 'prune'),
  job: fc.constantFrom(...JOBS),
  afterMs: fc.oneof(fc.nat(1_000), fc.nat(100_000), fc.nat(4_000_000)),
  lateMs: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(200_000)),
})

it('answers what was counted when it was read, whenever somebody looks, and totals that are the sum of all jobs', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const scene = await open()
      for (const each of steps) await scene.play(each)
      await scene.end()
    }),
  )
})

it('reads thousands of jobs in turns, all as they were when its unit began; a unit that writes reads at once', async () => {
  const { sessions, store } = createMemoryBackend()
  const jobs = Array.from({ length: 5_000 }, (_, index) => ({ job: `job-${index}`, cursor: T0 }))
  await sessions.withSession((s) => store.register(s, { scheduler: SCHEDULER, now: T0, jobs }))
  const input = { scheduler: SCHEDULER, asOf: T0, windowsMs: WINDOWS }
  const move = { job: 'job-4999', cursor: T0 + 1, unrun: [], claims: [], cancel: [] }
  const moved = (readOnly: boolean) =>
    sessions.withSession(
      async (session) => {
        const reading = store.readMeasures(session, input)
        await sessions.withSession((s) => store.record(s, { scheduler: SCHEDULER, changes: [move] }))
        await sessions.withSession((s) => store.forgetJob(s, { scheduler: SCHEDULER, job: 'job-4998', now: T0 }))
        const read = await reading
        return [read.jobs.length, read.jobs.filter(({ cursor }) => cursor > T0).length]
      },
      { readOnly },
    )
  expect(await moved(true)).toEqual([5_000, 0])
  // The one that remains of those that were forgotten has a place of its own.
  expect(await moved(false)).toEqual([5_000, 1])
})

async function open() {
  const { sessions, store } = createMemoryBackend()
  const held: { readonly release: () => void; readonly reading: Promise<unknown>; readonly before: unknown }[] = []
  const looks: { readonly seen: unknown; readonly later: unknown }[] = []
  let now = T0
  const register = () =>
    sessions.withSession((s) =>
      store.register(s, { scheduler: SCHEDULER, now, jobs: JOBS.map((job) => ({ job, cursor: T0 })) }),
    )
  type Session = Parameters<Parameters<typeof sessions.withSession>[0]>[0]

  async function measures(session: Session, asOf: number) {
    const read = await store.readMeasures(session, { scheduler: SCHEDULER, asOf, windowsMs: WINDOWS })
    // A job that was forgotten and comes back has no place of its own among the others.
    return { ...read, jobs: read.jobs.toSorted((a, b) => (a.job < b.job ? -1 : 1)) }
  }

  async function settle(session: Session, job: string, settledAt: number) {
    const run = { id: randomRunId(), job, trigger: 'manual', scheduledFor: null, attempt: 1, owner } as const
    const claim = { ...run, startedAt: settledAt - 5, leaseUntil: settledAt, latenessMs: null }
    const change = { job, cursor: null, unrun: [], claims: [claim], cancel: [] }
    const [claimed] = await store.record(session, { scheduler: SCHEDULER, changes: [change] })
    const outcome = { state: 'succeeded', settledAt, attempt: 1, durationMs: settledAt % 977 } as const
    const nothing = { items: NO_ITEMS, calls: [], progress: null, error: null }
    const settlement = { runId: run.id, job, fence: claimed?.fence ?? 0, ...outcome, ...nothing }
    await store.settle(session, { scheduler: SCHEDULER, settlements: [settlement] })
  }

  const look = () => sessions.withSession((s) => measures(s, now), { readOnly: true })

  async function letGo() {
    const [reader] = held.splice(0, 1)
    reader?.release()
    if (reader) expect(await reader.reading).toEqual(reader.before)
  }

  await register()
  return {
    async play({ what, job, afterMs, lateMs }: typeof step extends fc.Arbitrary<infer T> ? T : never) {
      now += what === 'settle' ? afterMs : 0
      switch (what) {
        case 'settle':
          return sessions.withSession((s) => settle(s, job, now - lateMs))
        case 'roll back': {
          const work = sessions.withSession(async (s) => {
            await settle(s, job, now)
            looks.push({ seen: structuredClone(await look()), later: await look() })
            throw new Error('rolled back')
          })
          return expect(work).rejects.toThrow('rolled back')
        }
        case 'look':
          looks.push({ seen: structuredClone(await look()), later: await look() })
          return
        case 'hold': {
          const { promise, resolve } = Promise.withResolvers<void>()
          const asOf = now
          const before = structuredClone(await look())
          const reading = sessions.withSession(
            async (s) => {
              await promise
              return measures(s, asOf)
            },
            { readOnly: true },
          )
          held.push({ release: resolve, reading, before })
          return
        }
        case 'let go':
          return letGo()
        case 'forget':
          await sessions.withSession((s) => store.forgetJob(s, { scheduler: SCHEDULER, job, now }))
          return register()
        case 'prune': {
          const before = now - 10_000_000
          const kept = { before, keepBucketsAfter: before, keepReceiptsAfter: before, now, limit: 1_000 }
          return sessions.withSession((s) => store.prune(s, { scheduler: SCHEDULER, ...kept }))
        }
      }
    },
    async end() {
      while (held.length > 0) await letGo()
      const { jobs, totals } = await look()
      expect(totals).toEqual(sumRuns(jobs, Object.keys(WINDOWS)))
      for (const { seen, later } of looks) expect(later).toEqual(seen)
    },
  }
}

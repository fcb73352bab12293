import { describe, expect, it } from 'vitest'

import { randomInstanceId, randomRunId } from '../ids.ts'
import { createMemoryBackend, type MemoryBackendOptions } from './create-memory-backend.ts'

const scheduler = 'market_data_scheduler'

describe('the memory backend', () => {
  it('lets no unit block others by only holding its session', async () => {
    const { sessions, store } = await open()
    await sessions.withSession(async () => {
      await sessions.withSession((s) => store.lockJobs(s, { scheduler, jobs: ['poll'] }))
      await sessions.withSession((s) => store.applyCommand(s, stop))
    })
    expect(await sessions.withSession((s) => store.readControl(s, { scheduler }))).toMatchObject({ desired: 'stopped' })
  })

  it('lets others read the status while the open unit of a handler has written', async () => {
    const { sessions, store } = await open()
    await sessions.withSession(async (session) => {
      await store.applyCommand(session, stop)
      const read = () => sessions.withSession((s) => store.readControl(s, { scheduler }), { readOnly: true })
      expect(await read()).toMatchObject({ desired: 'running' })
      expect(await store.readControl(session, { scheduler })).toMatchObject({ desired: 'stopped' })
    })
  })

  it('lets writers in by the order of their requests', async () => {
    const { sessions, store } = await open()
    const order: number[] = []
    const units = Array.from({ length: 20 }, (_, index) =>
      sessions.withSession(async (session) => {
        await store.lockJobs(session, { scheduler, jobs: ['poll'] })
        order.push(index)
      }),
    )
    await Promise.all(units)
    expect(order).toEqual(units.map((_, index) => index))
  })

  it('refuses calls that outlive their unit, and passes the lock on when such a call waited for it', async () => {
    const { sessions, store } = await open()
    const forgotten: Promise<unknown>[] = []
    await sessions.withSession(async (holder) => {
      await store.lockJobs(holder, { scheduler, jobs: ['poll'] })
      await sessions.withSession(
        async (session) => {
          forgotten.push(store.applyCommand(session, stop).catch((error: unknown) => error))
        },
        { unit: 'careless' },
      )
    })
    expect(await Promise.all(forgotten)).toMatchObject([{ code: 'SESSION_CLOSED', details: { unit: 'careless' } }])
    expect(await sessions.withSession((s) => store.applyCommand(s, stop))).toMatchObject({ version: 1 })
  })

  it('refuses writes in a read-only unit by its name', async () => {
    const { sessions, store } = await open()
    const unit = sessions.withSession((s) => store.applyCommand(s, stop), { unit: 'status', readOnly: true })
    await expect(unit).rejects.toThrow('"status" is read-only')
  })

  it('refuses a scheduler or a job that nobody registered, by its name', async () => {
    const { sessions, store } = await open()
    const lock = sessions.withSession((s) => store.lockJobs(s, { scheduler: 'other', jobs: [] }))
    await expect(lock).rejects.toMatchObject({ code: 'SCHEDULER_NOT_OPEN', details: { scheduler: 'other' } })
    const changes = [{ job: 'pol', cursor: null, unrun: [], claims: [], cancel: [] }]
    const record = sessions.withSession((s) => store.record(s, { scheduler, changes }))
    await expect(record).rejects.toMatchObject({ code: 'JOB_NOT_FOUND', details: { job: 'pol' } })
  })

  it('refuses a cursor that it never gave', async () => {
    const { sessions, store } = await open()
    for (const cursor of ['', 'x', '-1', '1e3', '1'.repeat(40)]) {
      const page = sessions.withSession((s) => store.listEntries(s, { scheduler, limit: 1, cursor }))
      await expect(page).rejects.toMatchObject({ code: 'INVALID_REQUEST' })
    }
  })

  it('keeps two backends apart', async () => {
    const [one, other] = await Promise.all([open(), open()])
    await one.sessions.withSession((s) => one.store.applyCommand(s, stop))
    expect(await other.sessions.withSession((s) => other.store.readControl(s, { scheduler }))).toMatchObject({
      version: 0,
    })
  })

  it('frees the memory of pruned history', async () => {
    const { sessions, store } = await open()
    const owner = randomInstanceId()
    for (let round = 0; round < 40; round++) {
      const now = round * 60_000
      await sessions.withSession(async (session) => {
        const claims = Array.from({ length: 50 }, () => claimAt(now, owner))
        const change = { job: 'poll', cursor: now, unrun: [], claims, cancel: [] }
        const runs = await store.record(session, { scheduler, changes: [change] })
        await store.settle(session, {
          scheduler,
          settlements: runs.map((run) => settledAt(run.id, run.fence, now + 1)),
        })
      })
      await sessions.withSession((s) =>
        store.prune(s, { scheduler, before: now, keepBucketsAfter: now, keepReceiptsAfter: now, now, limit: 1_000 }),
      )
    }
    const { items } = await sessions.withSession((s) => store.listEntries(s, { scheduler, limit: 1_000 }))
    expect(items).toHaveLength(50)
    const { jobs } = await sessions.withSession((s) => store.readMeasures(s, { scheduler, asOf: 0, windowsMs: {} }))
    expect(jobs[0]?.lifetime.succeeded).toBe(2_000)
  })

  it('drops the oldest entries when there are too many, and keeps their counts', async () => {
    const { sessions, store } = await open({ maxEntries: 1_000 })
    const owner = randomInstanceId()
    const ids: ReturnType<typeof randomRunId>[] = []
    for (let second = 0; second < 300; second++) {
      const now = second * 1_000
      await sessions.withSession(async (session) => {
        const claims = Array.from({ length: 20 }, () => claimAt(now, owner))
        ids.push(...claims.map(({ id }) => id))
        const change = { job: 'poll', cursor: now, unrun: [], claims, cancel: [] }
        const runs = await store.record(session, { scheduler, changes: [change] })
        await store.settle(session, { scheduler, settlements: runs.map((run) => settledAt(run.id, run.fence, now)) })
      })
    }
    const kept = await sessions.withSession((s) => store.listEntries(s, { scheduler, limit: 10_000 }))
    expect(kept.items.length).toBeGreaterThan(400)
    expect(kept.items.length).toBeLessThanOrEqual(1_000)
    expect(kept.items.map(({ id }) => id)).toEqual(ids.slice(-kept.items.length).reverse())
    const windowsMs = { within: 20_000, beyond: 150_000 }
    const { jobs } = await sessions.withSession((s) => store.readMeasures(s, { scheduler, asOf: 299_000, windowsMs }))
    expect(jobs[0]?.lifetime.succeeded).toBe(6_000)
    expect(jobs[0]?.windows['within']?.succeeded).toBe(20 * 20)
    // The window begins at 149 s, where the entries are dropped, so the whole minute from 120 s counts.
    expect(jobs[0]?.windows['beyond']?.succeeded).toBe(179 * 20)
  })

  it('refuses an invalid `maxEntries`', () => {
    const refusal = expect.objectContaining({ code: 'INVALID_OPTIONS' })
    expect(() => createMemoryBackend({ maxEntries: 0 })).toThrow(refusal)
  })
})

function claimAt(at: number, owner: ReturnType<typeof randomInstanceId>) {
  const rest = { job: 'poll', scheduledFor: null, attempt: 1, owner, startedAt: at, leaseUntil: at, latenessMs: null }
  return { id: randomRunId(), trigger: 'manual', ...rest } as const
}

const stop = { scheduler, now: 2, command: { kind: 'stop', by: 'ops', why: null } } as const

async function open(options?: MemoryBackendOptions) {
  const backend = createMemoryBackend(options)
  const jobs = [{ job: 'poll', cursor: 0 }]
  await backend.sessions.withSession((s) => backend.store.register(s, { scheduler, now: 1, jobs }))
  return backend
}

function settledAt(runId: ReturnType<typeof randomRunId>, fence: number, at: number) {
  const items = { processed: 1, failed: 0, skipped: 0 }
  const outcome = {
    state: 'succeeded',
    attempt: 1,
    durationMs: 1,
    items,
    calls: [],
    progress: null,
    error: null,
  } as const
  return { runId, job: 'poll', fence, settledAt: at, ...outcome }
}

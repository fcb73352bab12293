import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { type InstanceId, occurrenceId, randomInstanceId } from '../ids.ts'
import type { ClaimedRun } from '../ports/job-changes.ts'
import { type NewRun, NO_ITEMS, type Settlement } from '../run/ledger-entry.ts'
import { createMemoryBackend } from './create-memory-backend.ts'

const scheduler = 'market_data_scheduler'
const JOBS = ['poll', 'sum', 'mail']
const SECOND = 1_000
const HOUR = 3_600_000

/** One call of the store in a unit of work. */
const call = fc.record({
  kind: fc.constantFrom(
    'tick',
    'tick',
    'settle',
    'settle',
    'manual',
    'cancel',
    'release',
    'queue',
    'take over',
    'hand over',
  ),
  jobs: fc.subarray(JOBS, { minLength: 1 }),
  aheadMs: fc.integer({ min: 1, max: 90 * SECOND }),
  state: fc.constantFrom('succeeded', 'succeeded', 'failed', 'cancelled'),
  durationMs: fc.option(fc.nat(300), { nil: null }),
  items: fc.constantFrom(
    NO_ITEMS,
    { processed: 3, failed: 1, skipped: 0 },
    { processed: 2 ** 53 - 1, failed: 0, skipped: 0 },
  ),
  missed: fc.boolean(),
})
type Call = typeof call extends fc.Arbitrary<infer C> ? C : never

const unit = fc.record({ calls: fc.array(call, { maxLength: 6 }), isRolledBack: fc.boolean(), isWatched: fc.boolean() })

describe('any units of work in memory', () => {
  it('leave what those leave that were not rolled back, also while somebody reads an earlier state', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(unit, { minLength: 1, maxLength: 8 }), async (units) => {
        const owner = randomInstanceId()
        const one = await open(owner)
        const other = await open(owner)
        for (const { calls, isRolledBack, isWatched } of units) {
          const before = await one.picture()
          const work = () => one.unit(calls, isRolledBack)
          if (isWatched) await one.watching(work, before)
          else await work()
          if (!isRolledBack) await other.unit(calls, false)
          expect(await one.picture()).toEqual(await other.picture())
          if (isRolledBack) expect(await one.picture()).toEqual(before)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('list the same entries before and after they are packed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(unit, { minLength: 1, maxLength: 6 }), async (units) => {
        const { unit, sessions, entries } = await open(randomInstanceId())
        const loose = await sessions.withSession(
          async () => {
            for (const { calls } of units) await unit(calls, false)
            return entries()
          },
          { readOnly: true },
        )
        await unit([{ ...ANY, kind: 'settle', jobs: [] }], false)
        expect(await entries()).toEqual(loose)
      }),
      { numRuns: 60 },
    )
  })
})

const ANY: Call = {
  kind: 'tick',
  jobs: [],
  aheadMs: 1,
  state: 'succeeded',
  durationMs: 1,
  items: NO_ITEMS,
  missed: false,
}

/** A backend on which any calls can be made. Their ids and instants follow from the calls alone. */
async function open(owner: InstanceId) {
  const { sessions, store } = createMemoryBackend()
  await sessions.withSession((s) =>
    store.register(s, { scheduler, now: 0, jobs: JOBS.map((job) => ({ job, cursor: 0 })) }),
  )

  async function make(s: Parameters<typeof store.settle>[0], call: Call): Promise<void> {
    const locked = await store.lockJobs(s, { scheduler, jobs: [...call.jobs, ...call.jobs] })
    const running = locked.jobs.flatMap((each) => each.running.map((run) => ({ ...run, job: each.job })))
    const changes = locked.jobs.map(({ job, cursor }) => {
      const due = cursor + call.aheadMs
      const changed = { job, cursor: null, unrun: [], claims: [], cancel: [] }
      if (call.kind === 'cancel') return { ...changed, cancel: running.slice(0, 1).map(({ id }) => id) }
      if (call.kind === 'manual') return { ...changed, claims: [manualRun(job, due, owner)] }
      const claim = CLAIMS[call.kind]
      if (!claim) return changed
      const through = { scheduledFor: due - 1, through: due - 1, dueCount: 1, settledAt: due }
      const missed = { id: idOf(job, due - 1, 0), job, state: 'missed', reason: null, ...through } as const
      const isMissed = call.missed && due - 1 > cursor
      return { ...changed, cursor: due, unrun: isMissed ? [missed] : [], claims: [claim(job, due, owner)] }
    })
    await store.record(s, { scheduler, changes })
    if (call.kind === 'settle') {
      const settlements = running.slice(0, 2).map((run) => settlementOf(run, call))
      await store.settle(s, { scheduler, settlements: [...settlements, ...settlements] })
    }
    if (call.kind === 'take over') {
      const ids = running.map(({ id }) => id).slice(0, 2)
      const taking = { owner, now: call.aheadMs, leaseUntil: HOUR }
      await store.takeOver(s, { scheduler, ids, jobs: call.jobs.slice(0, 2), ...taking })
    }
    if (call.kind === 'hand over') {
      const { jobs, aheadMs } = call
      await store.handOverAgain(s, { scheduler, jobs, now: HOUR, leaseUntil: HOUR + aheadMs, limit: 2 })
    }
    if (call.kind === 'release') {
      const left = { attempt: 2, progress: null, nextAttemptAt: null, error: null, spentMs: 5 }
      const releases = running.slice(-1).map(({ id, fence }) => ({ runId: id, fence, calls: [], ...left }))
      await store.release(s, { scheduler, now: 5, releases, waitMs: 0 })
    }
  }

  async function unit(calls: readonly Call[], isRolledBack: boolean): Promise<void> {
    const work = sessions.withSession(async (s) => {
      for (const call of calls) await make(s, call)
      if (isRolledBack) throw new Error('no')
    })
    await (isRolledBack ? expect(work).rejects.toThrow('no') : work)
  }

  async function entries() {
    return (await sessions.withSession((s) => store.listEntries(s, { scheduler, limit: 1_000 }))).items
  }

  const reading = (s: Parameters<typeof store.settle>[0]) =>
    store
      .readMeasures(s, { scheduler, asOf: HOUR, windowsMs: { hour: HOUR, minute: 60 * SECOND } })
      .then((measures) => JSON.parse(JSON.stringify(measures)) as unknown)

  async function picture() {
    const { jobs } = await sessions.withSession((s) => store.lockJobs(s, { scheduler, jobs: JOBS }))
    return { measures: await sessions.withSession(reading), entries: await entries(), jobs }
  }

  /** Does the work while a reader has the state from before. */
  async function watching(work: () => Promise<void>, before: { readonly measures: unknown }): Promise<void> {
    await sessions.withSession(
      async (s) => {
        await work()
        expect(await reading(s)).toEqual(before.measures)
      },
      { readOnly: true },
    )
  }
  return { sessions, unit, entries, picture, watching }
}

function idOf(job: string, scheduledFor: number, attempt: number) {
  return occurrenceId({ scheduler, job, scheduledFor, attempt })
}

function scheduledRun(job: string, due: number, owner: InstanceId): NewRun {
  const times = { scheduledFor: due, startedAt: due + 7, leaseUntil: due + HOUR, latenessMs: 7 }
  return { id: idOf(job, due, 1), job, trigger: 'schedule', attempt: 1, owner, ...times }
}

/** It is handed over again as soon as somebody looks. */
function queuedRun(job: string, due: number, owner: InstanceId): NewRun {
  const waiting = { attempt: 0, latenessMs: null, queuedAt: due, startedAt: due, leaseUntil: due }
  return { ...scheduledRun(job, due, owner), ...waiting }
}

const CLAIMS: Partial<Record<Call['kind'], typeof scheduledRun>> = { tick: scheduledRun, queue: queuedRun }

/** Its id is that of a rerun, so that it follows from the call. */
function manualRun(job: string, due: number, owner: InstanceId): NewRun {
  const times = { scheduledFor: null, startedAt: due, leaseUntil: due + HOUR, latenessMs: null }
  const rest = { earlierAttempts: 2, input: { due } }
  return { id: idOf(job, due, 9), job, trigger: 'manual', attempt: 3, owner, ...times, ...rest }
}

function settlementOf(run: Pick<ClaimedRun, 'id' | 'job' | 'fence' | 'startedAt'>, call: Call): Settlement {
  const { state, durationMs, items } = call
  const settledAt = run.startedAt + (durationMs ?? 0)
  const error = state === 'failed' ? { code: 'HANDLER_FAILED', name: 'Error', message: 'no' } : null
  const outcome = { state, settledAt, attempt: 3, durationMs, items, calls: [], progress: null, error }
  return { runId: run.id, job: run.job, fence: run.fence, ...outcome }
}

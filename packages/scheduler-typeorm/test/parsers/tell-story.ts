import type { PastAttempt, SessionProvider, StoredError } from '@pm/scheduler-core'
import {
  type CallTally,
  type CommandReceipt,
  type DefineInput,
  EMPTY_CALL_TALLY,
  type InstanceId,
  type NewRun,
  type NewUnrunRange,
  occurrenceId,
  type RunLease,
  type RunRelease,
  receiptId,
  type SchedulerCommand,
  type Settlement,
  type Store,
} from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

export interface Teller {
  readonly sessions: SessionProvider<EntityManager>
  readonly store: Store<EntityManager>
}

export const T0 = Date.UTC(2025, 8, 16, 2)
export const MINUTE = 60_000
export const scheduler = 'story'
const owner = '0c7b5a1e-6a3f-4b43-8d59-6a8c3c1f2b10' as InstanceId
const GONE = '1d8c6b2f-7b40-4c54-9e6a-7b9d4d203c21' as InstanceId

/**
 * What a scheduler does to a store in its life, once of each kind, and what it is answered: the same in every schema. All
 * columns of all tables get a value, and numbers take as many digits as they may.
 */
export async function tellStory({ sessions, store }: Teller) {
  const unit = <T>(work: (session: EntityManager) => Promise<T>) => sessions.withSession(work, { unit: 'story' })
  const renew = (leases: readonly RunLease[], now: number) =>
    unit((s) => store.renew(s, { scheduler, owner, leases, leaseUntil: now + MINUTE, now }))
  const settle = (settlements: readonly Settlement[]) => unit((s) => store.settle(s, { scheduler, settlements }))

  const jobs = ['poll', 'sync', 'idle'].map((job) => ({ job, cursor: T0 }))
  await unit((s) => store.register(s, { scheduler, now: T0, jobs }))
  await unit((s) => store.register(s, { scheduler, now: T0, jobs: [RENAMED] }))
  const defined = []
  for (const change of DEFINED) {
    defined.push(
      await unit(async (s) => {
        await store.lockJobs(s, { scheduler, jobs: [], forCommand: true })
        return store.define(s, { ...NOTHING_DEFINED, ...change })
      }),
    )
  }
  const commanded = []
  for (const command of COMMANDS) {
    commanded.push(await unit((s) => store.applyCommand(s, { scheduler, command, now: T0 + 1_001 })))
  }
  const decided = await unit(async (s) => {
    const locked = await store.lockJobs(s, { scheduler, jobs: ['sync', 'poll'], forCommand: true, receipt: RECEIPT.id })
    return { locked, claimed: await store.record(s, { scheduler, changes: CHANGES, receipt: RECEIPT }) }
  })
  const leases = decided.claimed.map(({ id, fence, attempt }) => {
    return {
      runId: id,
      fence,
      attempt: attempt + 1,
      progress: { ...PROGRESS, at: T0 + 4_321 },
      nextAttemptAt: null,
      error: null,
    }
  })
  const renewed = [await renew(leases, T0 + 5 * MINUTE)]
  const cancel = [GOING.id]
  await unit((s) => store.record(s, { scheduler, changes: [{ ...change('poll'), cancel }] }))
  renewed.push(
    await renew(
      leases.map((lease, index) => (index === 0 ? { ...lease, fence: 7 } : lease)),
      T0 + 6 * MINUTE,
    ),
  )
  const release = (releases: readonly RunRelease[]) => {
    return unit((s) => store.release(s, { scheduler, now: T0 + 7 * MINUTE, releases, waitMs: 0 }))
  }
  const released = [await release([LEFT_OPEN]), await release([{ ...LEFT_OPEN, fence: 7 }])]
  // What is counted of the first outcomes goes into the totals, and what is counted of the others stays beside them.
  const settled = [await settle(SETTLEMENTS.slice(0, 2))]
  const pruned = await unit((s) => store.prune(s, { scheduler, now: T0 + 60 * MINUTE, limit: 10, ...KEEP_ALL }))
  settled.push(await settle(SETTLEMENTS), await settle(SETTLEMENTS))
  settled.push(await settle(SETTLEMENTS.map((each) => ({ ...each, progress: { ...PROGRESS, done: 0.3, at: T0 } }))))
  await unit((s) => store.record(s, { scheduler, changes: [{ ...change('sync'), cursor: T0, isReturn: true }] }))
  return {
    ...{ commanded, defined, decided, released, settled, pruned },
    /** The store's own clock tells more than the story: only that it is one. */
    renewed: renewed.map(({ storeTime, ...answer }) => ({ ...answer, hasTime: isNow(storeTime) })),
    again: await unit((s) => {
      return store.lockJobs(s, { scheduler, jobs: ['poll'], forCommand: true, receipt: RECEIPT.id })
    }),
    expired: await unit((s) => store.lockExpired(s, { scheduler, jobs: ['poll'], now: T0 + 60 * MINUTE, limit: 10 })),
    open: await unit((s) => {
      const now = T0 + 60 * MINUTE
      return store.lockReleased(s, { scheduler, now, aheadFrom: now, startable: ['sync'], limit: 10 })
    }),
    read: await readEverything({ sessions, store }),
  }
}

/** All that the store can be asked, with pages short enough to need their cursors. */
export async function readEverything({ sessions, store }: Teller) {
  const unit = <T>(work: (session: EntityManager) => Promise<T>) =>
    sessions.withSession(work, { unit: 'read', readOnly: true })
  const measures = (of: 'run' | 'call') => {
    const series = { of, after: T0 - 60 * MINUTE, stepMs: 5 * MINUTE, points: 40 }
    return unit((s) => store.readMeasures(s, { scheduler, asOf: T0 + 70 * MINUTE + 1_234, windowsMs: WINDOWS, series }))
  }
  return {
    control: await unit((s) => store.readControl(s, { scheduler })),
    renamed: await unit((s) => store.readRenamed(s, { scheduler })),
    instances: await unit((s) => store.readInstances(s, { scheduler })),
    definitions: await unit((s) => store.readDefinitions(s, { scheduler, endedFrom: 0 })),
    standings: await unit((s) => store.readStandings(s, { scheduler, instance: GONE, now: T0, holds: [] })),
    runs: await measures('run'),
    calls: await measures('call'),
    log: await allPages((page) => unit((s) => store.listLog(s, { scheduler, ...page }))),
    entries: await allPages((page) => unit((s) => store.listEntries(s, { scheduler, ...page }))),
    some: await unit((s) => {
      return store.listEntries(s, { scheduler, limit: 9, job: 'poll', states: ['failed', 'skipped'], from: T0 })
    }),
  }
}

async function allPages<P extends { readonly nextCursor: string | null }>(
  read: (page: { limit: number; cursor?: string }) => Promise<P>,
): Promise<readonly P[]> {
  const pages = [await read({ limit: 2 })]
  for (let last = pages.at(-1); last?.nextCursor != null; last = pages.at(-1)) {
    pages.push(await read({ limit: 2, cursor: last.nextCursor }))
  }
  return pages
}

function isNow(storeTime: number | null): boolean {
  return storeTime !== null && Number.isInteger(storeTime) && Math.abs(storeTime - Date.now()) < 60 * MINUTE
}

const WINDOWS = { instant: 1, minute: MINUTE, most: 59 * MINUTE + 1, all: 25 * 60 * MINUTE }

/** No shorter decimal says the same. */
const PROGRESS = { done: 0.1 + 0.2, total: 2 / 3 }
const MANY = 2 ** 52 + 1

const change = (job: string) => ({ job, cursor: T0 + 5 * MINUTE + 7, unrun: [], claims: [], cancel: [] })

function due(job: string, minute: number): NewRun {
  const scheduledFor = T0 + minute * MINUTE
  const startedAt = scheduledFor + 123
  return {
    ...{
      id: occurrenceId({ scheduler, job, scheduledFor }),
      job,
      trigger: 'schedule',
      scheduledFor,
      attempt: 1,
      owner,
    },
    ...{ startedAt, leaseUntil: startedAt + MINUTE, latenessMs: 123 },
  }
}

function unrun(state: NewUnrunRange['state'], minute: number, reason: NewUnrunRange['reason'] = null): NewUnrunRange {
  const scheduledFor = T0 + minute * MINUTE
  const id = occurrenceId({ scheduler, job: 'poll', scheduledFor })
  const range = { scheduledFor, through: scheduledFor + 2 * MINUTE, dueCount: 3, settledAt: T0 + 11 * MINUTE + 1 }
  return { id, job: 'poll', state, reason, ...range }
}

const RENAMED = { job: 'later', cursor: T0, formerly: ['idle'] }
const holdingOf = (job: string) => ({ job, key: `v1 of "${job}"`, digest: 'ö {1,2} \\' })
const [POLL, IDLE] = [holdingOf('poll'), holdingOf('idle')]
const NOTHING_DEFINED: DefineInput = { scheduler, now: T0 + 1, enters: null, leaves: [], ended: [], begun: [] }
/** Two instances enter, and a definition of each job begins. One of them leaves, and takes a job with it. */
const DEFINED: readonly Partial<DefineInput>[] = [
  {
    enters: {
      instance: owner,
      role: 'worker',
      leaseMs: MINUTE,
      timeZoneData: '2026c',
      host: 'web-1',
      pid: 7,
      version: 'r1',
      holds: [POLL],
    },
    begun: [{ ...POLL, since: T0, definition: { z: [1, 0.1 + 0.2], a: 'ö "x"' } }],
  },
  {
    enters: {
      instance: GONE,
      role: 'scheduler',
      leaseMs: MINUTE,
      timeZoneData: null,
      host: null,
      pid: null,
      version: null,
      holds: [IDLE],
    },
    begun: [{ ...IDLE, since: T0, definition: {}, called: 'later' }],
  },
  { leaves: [{ instance: GONE, at: T0 + 2_001 }], ended: [{ job: 'idle', at: T0 + 2_001 }] },
]

const KEEP_ALL = { before: 0, keepBucketsAfter: 0, keepReceiptsAfter: 0 }

const GOING = due('poll', 5)
const RUNS = [
  due('poll', 1),
  { ...due('poll', 2), input: { z: 1, a: ['ö "x"', null, 0.1 + 0.2] } },
  due('poll', 3),
  due('sync', 1),
  GOING,
]
const LATER = due('sync', 3)
const OPEN: NewRun = { ...due('sync', 4), input: { tenant: 'ö "x" {1,2} \\' } }
const MANUAL: NewRun = { ...due('sync', 9), trigger: 'manual', scheduledFor: null, latenessMs: null }
/** Nothing succeeded after it: it is what its job is overdue for. */
const NEVER: NewUnrunRange = {
  ...unrun('missed', 1),
  id: occurrenceId({ scheduler, job: 'idle', scheduledFor: T0 + MINUTE }),
  job: 'idle',
}
const CHANGES = [
  {
    ...change('poll'),
    wall: { timezone: 'Europe/Berlin', reached: T0 + 2 * 3_600_000 + 1 },
    claims: RUNS.filter(({ job }) => job === 'poll'),
    unrun: [
      unrun('skipped', 20, 'overlap'),
      unrun('missed', 30),
      unrun('suppressed', 40),
      unrun('skipped', 50, 'excluded'),
    ],
  },
  { ...change('sync'), claims: [...RUNS.filter(({ job }) => job === 'sync'), LATER, OPEN, MANUAL] },
  { ...change('idle'), unrun: [NEVER] },
]
const RECEIPT: CommandReceipt = {
  id: receiptId({ scheduler, by: 'ada', key: 'k' }),
  fingerprint: '7f0ac9a2-8b2e-5d52-9a6f-0c1d3f8e7b61',
  answer: { z: 1, a: [{ y: null, b: 'ö "x"' }], share: 0.1 + 0.2, 10: true, 9: false },
  at: T0 + 999,
}

const ASKED: CallTally = {
  ...EMPTY_CALL_TALLY,
  ...{ calls: 9, answered: 5, succeeded: 3, failed: 2, rate_limited: 2, served_as_fallback: 1, answered_ms: 1_234_567 },
  distributions: { answered_ms: { max: 1_200_000, histogram: [0, 1, 17, 3, 130, 1] } },
}

const FAILURE: StoredError = {
  ...{ code: 'SQLSTATE_23505', name: 'Error', message: 'ö "x" {1,2} \\', sqlState: '23505', httpStatus: 503 },
  causes: [{ kind: 'cause', depth: 1, code: null, name: 'Error', message: 'ö "x"' }],
  stack: 'Error: ö "x"\n    at somewhere',
}
const PAST: readonly PastAttempt[] = [
  {
    ...{ attempt: 1, startedAt: T0 + 1, endedAt: T0 + 2, instance: owner, outcome: 'failed' },
    error: { code: 'HANDLER_FAILED', name: 'Error', message: 'ö "x" {1,2} \\' },
  },
]
const LEFT_OPEN: RunRelease = {
  ...{ runId: OPEN.id, fence: 1, attempt: 2, nextAttemptAt: T0 + 20 * MINUTE + 1, error: FAILURE, pastAttempts: PAST },
  ...{ progress: null, calls: [{ provider: 'yahoo', tally: ASKED }], spentMs: 17 },
}

function outcome(run: NewRun, { state, ...rest }: Partial<Settlement> & Pick<Settlement, 'state'>): Settlement {
  const settledAt = run.startedAt + 40 * MINUTE + 1
  return {
    ...{ runId: run.id, job: run.job, fence: 1, state, settledAt, attempt: 2, durationMs: 40 * MINUTE + 1 },
    ...{ items: { processed: 3, failed: 0, skipped: 1 }, calls: [], progress: null, error: null, ...rest },
  }
}

const [first = GOING, second = GOING, third = GOING, fourth = GOING] = RUNS
const SETTLEMENTS: readonly Settlement[] = [
  outcome(first, {
    ...{ state: 'succeeded', items: { processed: MANY, failed: 2, skipped: 1 }, progress: { ...PROGRESS, at: T0 + 1 } },
    calls: [
      { provider: 'yahoo', tally: ASKED },
      { provider: 'alpha', tally: { ...EMPTY_CALL_TALLY, calls: 1 } },
    ],
  }),
  outcome(second, { state: 'failed', error: FAILURE, pastAttempts: PAST }),
  outcome(third, { state: 'timed_out', error: FAILURE, calls: [{ provider: 'yahoo', tally: ASKED }] }),
  outcome(fourth, { state: 'orphaned', durationMs: null }),
  outcome(LATER, { state: 'succeeded' }),
  outcome(MANUAL, { state: 'cancelled', settledAt: T0 + 70 * MINUTE, durationMs: 987_654_321 }),
]

const by = { by: 'ada', why: 'maintenance' }
const COMMANDS: readonly SchedulerCommand[] = [
  { kind: 'pause-job', ...by, job: 'poll', until: T0 + 12_345 },
  { kind: 'pause-job', ...by, why: null, job: 'sync', until: null },
  { kind: 'configure', ...by, patch: { concurrency: 3 } },
  { kind: 'run-job', ...by, job: 'sync', runId: MANUAL.id },
  { kind: 'resume-job', ...by, job: 'sync' },
  { kind: 'pause', ...by, until: T0 + 70 * MINUTE },
]

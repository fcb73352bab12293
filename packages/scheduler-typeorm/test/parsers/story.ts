import type { PastAttempt, StoredError } from '@pm/scheduler-core'
import {
  type CallTally,
  type CommandReceipt,
  type DefineInput,
  EMPTY_CALL_TALLY,
  type InstanceId,
  type NewRun,
  type NewUnrunRange,
  occurrenceId,
  type RunRelease,
  receiptId,
  type SchedulerCommand,
  type Settlement,
} from '@pm/scheduler-core/store'

export const T0 = Date.UTC(2025, 8, 16, 2)
export const MINUTE = 60_000
export const scheduler = 'story'
export const owner = '0c7b5a1e-6a3f-4b43-8d59-6a8c3c1f2b10' as InstanceId
export const GONE = '1d8c6b2f-7b40-4c54-9e6a-7b9d4d203c21' as InstanceId

export const WINDOWS = { instant: 1, minute: MINUTE, most: 59 * MINUTE + 1, all: 25 * 60 * MINUTE }

export const LOAD = { concurrency: 50, droppedMessages: 2 ** 52 + 1, leftMessages: 3 }

/** No shorter decimal says the same. */
export const PROGRESS = { done: 0.1 + 0.2, total: 2 / 3 }
const MANY = 2 ** 52 + 1

export const change = (job: string) => ({ job, cursor: T0 + 5 * MINUTE + 7, unrun: [], claims: [], cancel: [] })

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

function queued(job: string, minute: number): NewRun {
  const { startedAt, ...run } = due(job, minute)
  return { ...run, attempt: 0, latenessMs: null, queuedAt: startedAt, startedAt }
}

function unrun(state: NewUnrunRange['state'], minute: number, reason: NewUnrunRange['reason'] = null): NewUnrunRange {
  const scheduledFor = T0 + minute * MINUTE
  const id = occurrenceId({ scheduler, job: 'poll', scheduledFor })
  const range = { scheduledFor, through: scheduledFor + 2 * MINUTE, dueCount: 3, settledAt: T0 + 11 * MINUTE + 1 }
  return { id, job: 'poll', state, reason, ...range }
}

export const RENAMED = { job: 'later', cursor: T0, formerly: ['idle'] }
const holdingOf = (job: string) => ({ job, key: `v1 of "${job}"`, digest: 'ö {1,2} \\' })
const [POLL, IDLE] = [holdingOf('poll'), holdingOf('idle')]
export const NOTHING_DEFINED: DefineInput = { scheduler, now: T0 + 1, enters: null, leaves: [], ended: [], begun: [] }
/** Two instances enter, and a definition of each job begins. One of them leaves, and takes a job with it. */
export const DEFINED: readonly Partial<DefineInput>[] = [
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

export const KEEP_ALL = { before: 0, keepBucketsAfter: 0, keepReceiptsAfter: 0 }

export const GOING = due('poll', 5)
const RUNS = [
  due('poll', 1),
  { ...due('poll', 2), input: { z: 1, a: ['ö "x"', null, 0.1 + 0.2] } },
  due('poll', 3),
  due('sync', 1),
  GOING,
]
const LATER = due('sync', 3)
const OPEN: NewRun = { ...due('sync', 4), input: { tenant: 'ö "x" {1,2} \\' } }
/** Four that an engine carries to a worker, of which the last never gets there, and one of another job. */
const [waited, waitedLong] = [queued('sync', 5), queued('sync', 6)]
const [stillGoing, waiting] = [queued('sync', 7), queued('sync', 8)]
export const ELSEWHERE = queued('poll', 4)
export const TAKEN = [waited, waitedLong, stillGoing]
export const MANUAL: NewRun = { ...due('sync', 9), trigger: 'manual', scheduledFor: null, latenessMs: null }
/** Nothing succeeded after it: it is what its job is overdue for. */
const NEVER: NewUnrunRange = {
  ...unrun('missed', 1),
  id: occurrenceId({ scheduler, job: 'idle', scheduledFor: T0 + MINUTE }),
  job: 'idle',
}
export const CHANGES = [
  {
    ...change('poll'),
    wall: { timezone: 'Europe/Berlin', reached: T0 + 2 * 3_600_000 + 1 },
    claims: [...RUNS.filter(({ job }) => job === 'poll'), ELSEWHERE],
    unrun: [
      unrun('skipped', 20, 'overlap'),
      unrun('missed', 30),
      unrun('suppressed', 40),
      unrun('skipped', 50, 'excluded'),
    ],
  },
  { ...change('sync'), claims: [...RUNS.filter(({ job }) => job === 'sync'), LATER, OPEN, MANUAL, ...TAKEN, waiting] },
  { ...change('idle'), unrun: [NEVER] },
]
export const RECEIPT: CommandReceipt = {
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
export const LEFT_OPEN: RunRelease = {
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
export const SETTLEMENTS: readonly Settlement[] = [
  { ...outcome(waited, { state: 'succeeded' }), fence: 2 },
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
  { ...outcome(waitedLong, { state: 'failed', error: FAILURE }), fence: 2 },
  outcome(MANUAL, { state: 'cancelled', settledAt: T0 + 70 * MINUTE, durationMs: 987_654_321 }),
]

const by = { by: 'ada', why: 'maintenance' }
export const COMMANDS: readonly SchedulerCommand[] = [
  { kind: 'pause-job', ...by, job: 'poll', until: T0 + 12_345 },
  { kind: 'pause-job', ...by, why: null, job: 'sync', until: null },
  { kind: 'configure', ...by, patch: { concurrency: 3 } },
  { kind: 'run-job', ...by, job: 'sync', runId: MANUAL.id },
  { kind: 'resume-job', ...by, job: 'sync' },
  { kind: 'pause', ...by, until: T0 + 70 * MINUTE },
]

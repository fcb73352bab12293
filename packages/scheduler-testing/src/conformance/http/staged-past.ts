import type {
  BackfillPreview,
  DueTimeExplanation,
  DueTimesPage,
  ForeseenDueTime,
  HistoryQuery,
  JobAudit,
  LedgerEntry,
  LogEntry,
  MetricHistory,
  Run,
  TimeRange,
} from '@pm/scheduler-core'
import { EMPTY_CALL_TALLY, occurrenceId, randomInstanceId } from '@pm/scheduler-core/store'

export const JOB = 'poll'
/** A name that the job had before. */
export const FORMER_JOB = 'poll_old'
/** Written into stored errors and never to be seen outside of the admin view. */
export const ERROR_TEXT = 'connect ECONNREFUSED db.internal:5432'
/** Where it was thrown: for callers who may control the job. */
export const STACK = `Error: ${ERROR_TEXT}\n    at fetchQuotes (poll.ts:12:3)`
/** Owned the run of the ledger. */
export const INSTANCE = randomInstanceId()
export const T0 = Date.UTC(2025, 8, 16, 2)

const dueAt = (scheduledFor: number) => ({
  id: occurrenceId({ scheduler: 'conformance', job: JOB, scheduledFor }),
  scheduler: 'conformance',
  job: JOB,
  scheduledFor,
})

export const ENTRIES: readonly LedgerEntry[] = [
  {
    kind: 'run',
    ...dueAt(T0),
    trigger: 'schedule',
    state: 'failed',
    attempt: 2,
    earlierAttempts: 0,
    nextAttemptAt: null,
    releasedAt: null,
    spentMs: 0,
    fence: 1,
    owner: INSTANCE,
    startedAt: T0 + 5,
    leaseUntil: T0 + 15_000,
    cancelRequested: false,
    settledAt: T0 + 1_205,
    latenessMs: 5,
    queuedAt: null,
    queueWaitMs: null,
    durationMs: 1_200,
    items: { processed: 3, failed: 1, skipped: 0 },
    calls: [{ provider: 'yahoo_finance', tally: { ...EMPTY_CALL_TALLY, calls: 2, failed: 2 } }],
    progress: { done: 3, total: 8, at: T0 + 1_000 },
    error: { code: 'ECONNREFUSED', name: 'Error', message: ERROR_TEXT, stack: STACK },
    pastAttempts: [
      {
        attempt: 1,
        startedAt: T0 + 5,
        endedAt: T0 + 600,
        instance: INSTANCE,
        outcome: 'failed',
        error: { code: 'ETIMEDOUT', name: 'Error', message: 'no answer' },
      },
    ],
    input: { symbol: 'AAPL', token: '[redacted]' },
  },
  {
    kind: 'unrun',
    ...dueAt(T0 - 900_000),
    state: 'skipped',
    reason: 'overlap',
    through: T0 - 900_000,
    dueCount: 1,
    settledAt: T0 - 900_000,
  },
]

/** A run that waits in a queue for a worker. The lists of entries are without it, unless it is asked for. */
export const QUEUED_RUN: Run = {
  kind: 'run',
  ...dueAt(T0 + 900_000),
  trigger: 'schedule',
  state: 'queued',
  attempt: 0,
  earlierAttempts: 0,
  nextAttemptAt: null,
  releasedAt: null,
  spentMs: 0,
  fence: 1,
  owner: INSTANCE,
  startedAt: T0 + 900_010,
  queuedAt: T0 + 900_010,
  queueWaitMs: null,
  leaseUntil: T0 + 960_010,
  cancelRequested: false,
  settledAt: null,
  latenessMs: null,
  durationMs: null,
  items: { processed: 0, failed: 0, skipped: 0 },
  calls: [],
  progress: null,
  error: null,
  pastAttempts: [],
  input: null,
}

/** The first entry of the ledger: a failed run. */
export const FAILED_RUN_ID = dueAt(T0).id

export const LOG: readonly LogEntry[] = [
  {
    id: '2',
    at: T0,
    kind: 'resume',
    by: 'ada',
    why: 'done',
    job: null,
    runId: null,
    until: null,
    changes: [],
    version: 2,
  },
  {
    id: '1',
    at: T0,
    kind: 'pause',
    by: 'ada',
    why: null,
    job: null,
    runId: null,
    until: T0 + 60_000,
    changes: [],
    version: 1,
  },
]

/** The commands about the failed run. */
export const LOG_OF_RUN: readonly LogEntry[] = [
  {
    id: '3',
    at: T0 + 1_000,
    kind: 'cancel-run',
    by: 'bob',
    why: 'too slow',
    job: JOB,
    runId: FAILED_RUN_ID,
    until: null,
    changes: [],
    version: 3,
  },
]

export const FORESEEN: readonly ForeseenDueTime[] = [
  { dueAt: T0 + 900_000, startsAt: T0 + 900_500, fate: 'run' },
  { dueAt: T0 + 1_800_000, startsAt: null, fate: 'excluded', calendar: 'holidays' },
  { dueAt: T0 + 2_700_000, startsAt: null, fate: 'suppressed' },
]

export const EXPLAINED: readonly DueTimeExplanation[] = [
  ...ENTRIES.slice(0, 1).map(
    (entry) => ({ kind: 'recorded', job: JOB, at: T0, text: 'It failed.', entry, later: [] }) as const,
  ),
  { kind: 'pending', job: JOB, at: T0 + 2, text: 'No instance has room.', startsAt: T0 + 2 },
  ...FORESEEN.map(
    (foreseen) => ({ kind: 'foreseen', job: JOB, at: foreseen.dueAt, text: 'It will be due.', foreseen }) as const,
  ),
  { kind: 'unknown', job: JOB, at: 0, text: 'Nobody watched.', reason: 'first-known' },
]

/** More than an answer names. */
export const BACKFILL: BackfillPreview = {
  dueTimes: Array.from({ length: 101 }, (_, index) => T0 + index * 60_000),
  queued: 107,
  left: { succeeded: 3, running: 1, backfilled: 2, excluded: 5, undecided: 1 },
}

/** One due time of every fate. */
export const DUE_TIMES: DueTimesPage = {
  items: [
    { dueAt: 0, kind: 'unknown', reason: 'first-known', later: [] },
    { dueAt: 1, kind: 'unknown', reason: 'unexplained', later: [] },
    ...ENTRIES.map((entry) => ({ dueAt: T0, kind: 'recorded', entry, calendar: null, later: [] }) as const),
    ...FORESEEN.slice(0, 1).map(
      (foreseen) => ({ dueAt: T0 + 2, kind: 'pending', startsAt: T0 + 2, foreseen, later: [] }) as const,
    ),
    ...FORESEEN.map((foreseen) => ({ dueAt: foreseen.dueAt, kind: 'foreseen', foreseen, later: [] }) as const),
  ],
  nextCursor: String(T0 + 3_600_000),
  manual: [],
  manualComplete: true,
}

export function auditOf(range: TimeRange): JobAudit {
  const nothing = {
    skipped: 0,
    suppressed: 0,
    missed: 0,
    pending: 0,
    accountedTwice: 0,
    offSchedule: 0,
    notDefined: [],
    backfilled: 0,
  }
  const unexplained = [{ first: T0, last: T0 + 900_000, count: 2 }]
  const [from, to] = [Number(range.from), Number(range.to)]
  return { job: JOB, from, to, limitedBy: 'retention', expected: 96, started: 94, ...nothing, unexplained }
}

export const NOT_DUE = {
  kind: 'not-due',
  job: JOB,
  at: T0 + 1,
  previousDueAt: T0,
  nextDueAt: null,
  text: 'That is no due time.',
} as const

/** One point that is counted and one that is not known. */
export function historyOf({ metric, from: begin, stepMs }: HistoryQuery): MetricHistory {
  const from = Number(begin)
  const points = [
    { after: from, upTo: from + stepMs, value: null },
    { after: from + stepMs, upTo: from + 2 * stepMs, value: 3 },
  ]
  return { metric, stepMs, knownFrom: from + stepMs, points }
}

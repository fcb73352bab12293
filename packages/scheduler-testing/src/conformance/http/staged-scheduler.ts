import {
  applyToControl,
  type Command,
  type CommandOptions,
  type CommandResult,
  type CustomReading,
  defineMetric,
  EMPTY_CALL_TALLY,
  EMPTY_RUN_TALLY,
  type Explanation,
  type ForeseenDueTime,
  type History,
  type HistoryQuery,
  initialControl,
  type JobAudit,
  type LedgerEntry,
  type LogEntry,
  occurrenceId,
  type Page,
  type PoliciesReading,
  randomInstanceId,
  randomRunId,
  type Scheduler,
  SchedulerError,
  type SchedulerEvents,
  type SchedulerSnapshot,
  type TimeRange,
} from '@pm/scheduler-core'

/** A scheduler with a past, for the suite: it writes down what is asked of it, and fails on demand. */
export interface StagedScheduler {
  readonly scheduler: Scheduler
  /** The methods that were called, with what they were given, as `pause {"by":"ada"}`. */
  readonly calls: readonly string[]
  /** Forgets the calls so far. */
  forget(): void
  /** Every call rejects with this from now on; `null` ends that. */
  failWith(error: unknown): void
  /** Every call stays without an answer from now on. */
  hang(): void
  /** Its tick loop does not come round from now on. */
  wedge(): void
  /** Has a new snapshot, with one item more. */
  advance(): void
  /** Tells whoever listens for it. */
  emit<E extends keyof SchedulerEvents>(event: E, value: SchedulerEvents[E]): void
  /** How many listen to events. */
  readonly listeners: number
  /** Shows these in its snapshots from now on. */
  show(shown: Partial<Pick<SchedulerSnapshot, 'feeds' | 'scheduler'>>): void
  /** Serves the last snapshot from now on, as the scheduler does while its store is away. */
  goStale(ageMs: number): void
}

const SOMEBODY = { by: 'x', why: null } as const

export const JOB = 'poll'
/** Written into stored errors and never to be seen outside of the admin view. */
export const ERROR_TEXT = 'connect ECONNREFUSED db.internal:5432'
export const T0 = Date.UTC(2025, 8, 16, 2)

export function createStagedScheduler(): StagedScheduler {
  const calls: string[] = []
  const listeners = new Set<(event: string, value: never) => void>()
  let failure: { readonly error: unknown } | null = null
  let hanging = false
  let wedged = false
  let isOpen = true
  let sequence = 1
  let snapshot = snapshotOf(sequence)
  let shown: Parameters<StagedScheduler['show']>[0] = {}
  let staleMs: number | null = null
  let control = initialControl(T0)
  const answered = new Map<string, CommandResult>()

  async function call<T>(name: string, given: unknown, answer: () => T): Promise<T> {
    calls.push(given === undefined ? name : `${name} ${JSON.stringify(given)}`)
    if (hanging) await new Promise(() => {})
    if (failure) throw failure.error
    return answer()
  }

  /** Knows the keys that it was given, as a scheduler does; what they came with it leaves to the store's own suite. */
  function once<G extends CommandOptions, M extends object>(
    kind: string,
    given: G,
    act: () => M,
  ): Promise<CommandResult & M> {
    return call(kind, given, () => {
      const { idempotencyKey: key = '' } = given
      const { expectedVersion: expected = control.version } = given
      if (expected !== control.version)
        throw new SchedulerError('CONTROL_CONFLICT', { expected, actual: control.version })
      const before = key === '' ? undefined : answered.get(key)
      if (before) return { ...(before as CommandResult & M), replayed: true }
      const more = act()
      const answer = { state: 'running' as const, changed: true, control, replayed: false, ...more }
      answered.set(key, answer)
      return answer
    })
  }

  function command<G extends CommandOptions>(
    kind: Command['kind'],
    given: G,
    applied: Command = { kind: 'start', ...SOMEBODY },
  ) {
    return once(kind, given, () => {
      control = applyToControl(control, applied, T0)
      return { control }
    })
  }

  const scheduler: Scheduler = {
    name: 'conformance',
    state: 'running',
    get isOpen() {
      return isOpen
    },
    jobNames: [JOB],
    open: async () => {},
    close: async () => {
      isOpen = false
    },
    start: (options = {}) => command('start', options),
    stop: (options = {}) => command('stop', options),
    pause: (options = {}) => command('pause', options),
    resume: (options = {}) => command('resume', options),
    pauseJob: (job, options = {}) => command('pause-job', { job, ...options }),
    resumeJob: (job, options = {}) => command('resume-job', { job, ...options }),
    runJob: (job, options = {}) => once('run-job', { job, ...options }, () => ({ runId: randomRunId() })),
    cancelRun: (runId, options = {}) => once('cancel-run', { runId, ...options }, () => ({})),
    configure: (patch, options = {}) =>
      command('configure', { patch, ...options }, { kind: 'configure', patch, ...SOMEBODY }),
    configureJob: (job, patch, options = {}) => {
      // The suite looks at what was handed on; the schedule alone would have to be parsed first.
      const applied = { kind: 'configure-job', job, patch: { ...patch, schedule: null }, ...SOMEBODY } as const
      return command('configure-job', { job, patch, ...options }, applied)
    },
    control: () => call('control', undefined, () => control),
    isProviderEnabled: () => true,
    backfill: (job, options) => once('backfill', { job, ...options }, () => ({ queued: 1 })),
    preview: (job, n) => call('preview', { job, n }, () => FORESEEN.slice(0, n)),
    explain: (job, at) => call('explain', { job, at }, () => EXPLAINED.find((each) => each.at === at) ?? NOT_DUE),
    history: (query) => call('history', query, () => historyOf(query)),
    audit: (range) => call('audit', range, () => [auditOf(range)]),
    snapshot: () => call('snapshot', undefined, () => ({ snapshot, stale: staleMs !== null, ageMs: staleMs ?? 0 })),
    listEntries: (query = {}) => call('list-entries', query, () => pageOf(ENTRIES, query)),
    listLog: (query = {}) => call('list-log', query, () => pageOf(LOG, query)),
    on(event, listener) {
      const own = (name: string, value: never) => void (name === event && listener(value))
      listeners.add(own)
      return () => void listeners.delete(own)
    },
    isTicking: async () => !wedged,
    whenIdle: async () => {},
  }
  return {
    scheduler,
    calls,
    forget: () => {
      calls.length = 0
    },
    failWith: (error) => {
      failure = error === null ? null : { error }
    },
    hang: () => {
      hanging = true
    },
    wedge: () => {
      wedged = true
    },
    advance: () => {
      sequence += 1
      snapshot = { ...snapshotOf(sequence), ...shown }
    },
    emit(event, value) {
      for (const listener of listeners) listener(event, value as never)
    },
    get listeners() {
      return listeners.size
    },
    show: (given) => {
      shown = given
      snapshot = { ...snapshotOf(sequence), ...shown }
    },
    goStale: (ageMs) => {
      staleMs = ageMs
    },
  }
}

/** One point that is counted and one that is not known. */
function historyOf({ metric, from, stepMs }: HistoryQuery): History {
  const points = [
    { after: from, upTo: from + stepMs, value: null },
    { after: from + stepMs, upTo: from + 2 * stepMs, value: 3 },
  ]
  return { metric, stepMs, knownFrom: from + stepMs, points }
}

const NOT_DUE = {
  kind: 'not-due',
  job: JOB,
  at: T0 + 1,
  previousDueAt: T0,
  nextDueAt: null,
  text: 'That is no due time.',
} as const

function snapshotOf(sequence: number): SchedulerSnapshot {
  const tally = { ...EMPTY_RUN_TALLY, succeeded: 59, failed: 1, items_processed: 186 + sequence }
  const calls = { ...EMPTY_CALL_TALLY, calls: 10, answered: 9, succeeded: 8, failed: 2, answered_ms: 1_350 }
  const tallies = { lifetime: tally, recent: tally, last_hour: EMPTY_RUN_TALLY }
  const callTallies = { lifetime: calls, recent: calls, last_hour: EMPTY_CALL_TALLY }
  return {
    id: `1758-${sequence}`,
    asOf: T0,
    scheduler: {
      name: 'conformance',
      state: 'running',
      desired: 'running',
      asked: { by: 'ada', why: null, at: T0 - 86_400_000 },
      pausedUntil: null,
      controlVersion: 0,
      uptimeMs: 3_600_000,
      activeMs: 3_000_000,
      pausedMs: 600_000,
      erroredMs: 0,
      since: T0 - 86_400_000,
      running: 0,
      lastRunAt: T0 - 60_000,
      lastSuccessAt: T0 - 60_000,
      lastFailureAt: null,
      nextRunAt: T0 + 840_000,
      intervalMs: 900_000,
      concurrency: 50,
      reasons: [],
    },
    jobs: [
      {
        name: JOB,
        schedule: POLICIES.schedule,
        intervalMs: 900_000,
        paused: null,
        running: 0,
        lastRunAt: T0 - 60_000,
        lastSuccessAt: T0 - 60_000,
        lastFailureAt: null,
        nextRunAt: T0 + 840_000,
        consecutiveFailures: 0,
        policies: { ...POLICIES, timeoutMs: 60_000 },
        defaults: POLICIES,
        override: { timeoutMs: 60_000 },
        tallies,
      },
    ],
    providers: [
      {
        name: 'yahoo_finance',
        enabled: true,
        apiKeyConfigured: null,
        quotaRemaining: null,
        circuit: 'closed',
        lastSuccessAt: T0 - 60_000,
        tallies: callTallies,
      },
      {
        name: 'alpha_vantage',
        enabled: false,
        apiKeyConfigured: false,
        quotaRemaining: 25,
        circuit: 'closed',
        lastSuccessAt: null,
        tallies: { lifetime: EMPTY_CALL_TALLY, recent: EMPTY_CALL_TALLY, last_hour: EMPTY_CALL_TALLY },
      },
    ],
    totals: tallies,
    callTotals: callTallies,
    windowsMs: { recent: 86_400_000, last_hour: 3_600_000 },
    definitionsVersion: '0badcafe',
    feeds: {
      items: [
        {
          provider: 'yahoo_finance',
          feed: 'AAPL',
          status: 'fresh',
          eventAt: T0 - 60_000,
          fetchedAt: T0 - 1_000,
          changedAt: T0 - 60_000,
          expectedBy: T0 + 840_000,
          ageMs: 60_000,
          attainmentPct: 99.5,
        },
      ],
      error: null,
      counts: { total: 1, fresh: 1, stale: 0, expired: 0, market_closed: 0, unknown: 0 },
    },
    instances: [{ id: 'b1f0', isCurrent: true, startedAt: T0 - 3_600_000, heartbeatAt: T0 - 2_000, running: 0 }],
    process: null,
    store: { readMs: 1.5, poolSize: null, poolIdle: null, poolWaiting: null },
    sessions: { opened: 12, closed: 12, open: 0, longestOpenMs: null },
    custom: {
      open_orders: ownMetric('open_orders', { value: 3, error: null }),
      broken_metric: ownMetric('broken_metric', { value: null, error: 'METRIC_THREW' }),
    },
  }
}

function ownMetric(id: string, outcome: Omit<CustomReading, 'definition'>): CustomReading {
  const { read: _, ...definition } = defineMetric({ id, title: id, help: id, unit: 'items', read: () => outcome.value })
  return { definition, ...outcome }
}

const POLICIES: PoliciesReading = {
  schedule: { kind: 'every', periodMs: 900_000, anchorAt: 0 },
  timeoutMs: null,
  misfireGraceMs: 900_000,
  misfirePolicy: 'run-latest',
  overlapPolicy: 'skip',
  onOrphan: 'fail',
  priority: 0,
  retry: { maxAttempts: 1, backoffMs: 1_000, maxBackoffMs: 60_000 },
}

const dueAt = (scheduledFor: number) => ({
  id: occurrenceId({ scheduler: 'conformance', job: JOB, scheduledFor }),
  scheduler: 'conformance',
  job: JOB,
  scheduledFor,
})

const ENTRIES: readonly LedgerEntry[] = [
  {
    kind: 'run',
    ...dueAt(T0),
    trigger: 'schedule',
    state: 'failed',
    attempt: 2,
    fence: 1,
    owner: randomInstanceId(),
    startedAt: T0 + 5,
    leaseUntil: T0 + 15_000,
    cancelRequested: false,
    settledAt: T0 + 1_205,
    latenessMs: 5,
    durationMs: 1_200,
    items: { processed: 3, failed: 1, skipped: 0 },
    calls: [{ provider: 'yahoo_finance', tally: { ...EMPTY_CALL_TALLY, calls: 2, failed: 2 } }],
    progress: { done: 3, total: 8, at: T0 + 1_000 },
    error: { code: 'ECONNREFUSED', name: 'Error', message: ERROR_TEXT },
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

/** The first entry of the ledger: a failed run. */
export const FAILED_RUN_ID = dueAt(T0).id

const LOG: readonly LogEntry[] = [
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

const FORESEEN: readonly ForeseenDueTime[] = [
  { dueAt: T0 + 900_000, startsAt: T0 + 900_500, fate: 'run' },
  { dueAt: T0 + 1_800_000, startsAt: null, fate: 'excluded', calendar: 'holidays' },
  { dueAt: T0 + 2_700_000, startsAt: null, fate: 'suppressed' },
]

const EXPLAINED: readonly Explanation[] = [
  ...ENTRIES.slice(0, 1).map(
    (entry) => ({ kind: 'recorded', job: JOB, at: T0, text: 'It failed.', entry, later: [] }) as const,
  ),
  { kind: 'pending', job: JOB, at: T0 + 2, text: 'No instance has room.', startsAt: T0 + 2 },
  ...FORESEEN.map(
    (foreseen) => ({ kind: 'foreseen', job: JOB, at: foreseen.dueAt, text: 'It will be due.', foreseen }) as const,
  ),
  { kind: 'unknown', job: JOB, at: 0, text: 'Nobody watched.', reason: 'first-known' },
]

function auditOf(range: TimeRange): JobAudit {
  const nothing = { skipped: 0, suppressed: 0, missed: 0, pending: 0, accountedTwice: 0, offSchedule: 0, backfilled: 0 }
  const unexplained = [{ first: T0, last: T0 + 900_000, count: 2 }]
  return { job: JOB, ...range, limitedBy: 'retention', expected: 96, started: 94, ...nothing, unexplained }
}

interface Query {
  readonly id?: string
  readonly limit?: number
  readonly cursor?: string
}

function pageOf<T extends { readonly id: string }>(all: readonly T[], { id, limit = 50, cursor }: Query): Page<T> {
  if (cursor !== undefined && !/^\d+$/.test(cursor))
    throw new SchedulerError('INVALID_REQUEST', { path: 'query.cursor', expected: 'the next_cursor of a page' })
  const offset = Number(cursor ?? 0)
  const matching = all.filter((item) => id === undefined || item.id === id)
  const items = matching.slice(offset, offset + limit)
  return { items, nextCursor: offset + limit < matching.length ? String(offset + limit) : null }
}

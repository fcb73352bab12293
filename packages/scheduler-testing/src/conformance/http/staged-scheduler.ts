import {
  type CommandOptions,
  type CommandResult,
  parseSchedule,
  type ReadOptions,
  type ResultPage,
  type Scheduler,
  SchedulerError,
  type SchedulerEvents,
  type SchedulerSnapshot,
} from '@pm/scheduler-core'
import { createCommandLimits } from '@pm/scheduler-core/http'
import {
  applyToControl,
  initialControl,
  markOf,
  randomRunId,
  type SchedulerCommand,
  subjectOf,
} from '@pm/scheduler-core/store'

import {
  auditOf,
  BACKFILL,
  DUE_TIMES,
  ENTRIES,
  EXPLAINED,
  FORESEEN,
  FORMER_JOB,
  historyOf,
  JOB,
  LOG,
  LOG_OF_RUN,
  NOT_DUE,
  QUEUED_RUN,
  T0,
} from './staged-past.ts'
import { DECLARED, snapshotOf } from './staged-snapshot.ts'

/** A scheduler with a past, for the suite: it writes down what is asked of it, and fails on demand. */
export interface StagedScheduler {
  readonly scheduler: Scheduler
  /** Who asked the questions so far, and until when their answers are wanted. */
  readonly askers: readonly ReadOptions[]
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
  show(shown: Partial<Pick<SchedulerSnapshot, 'feeds' | 'scheduler' | 'jobs'>>): void
  /** Serves the last snapshot from now on, as the scheduler does while its store is away. */
  goStale(ageMs: number): void
}

const SOMEBODY = { by: 'x', why: null } as const

export function createStagedScheduler(): StagedScheduler {
  const calls: string[] = []
  const askers: ReadOptions[] = []
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

  /** A call that is a question of somebody. */
  function question<T>(name: string, [given, options]: readonly [unknown, ReadOptions | undefined], answer: () => T) {
    if (options) askers.push(options)
    return call(name, given, answer)
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
      const answer = {
        state: 'running' as const,
        changed: true,
        control: markOf(control, null),
        replayed: false,
        ...more,
      }
      answered.set(key, answer)
      return answer
    })
  }

  function command<G extends CommandOptions>(
    kind: SchedulerCommand['kind'],
    given: G,
    applied: SchedulerCommand = { kind: 'start', ...SOMEBODY },
  ) {
    return once(kind, given, () => {
      if (kind === 'resume' && control.desired === 'stopped')
        throw new SchedulerError('SCHEDULER_NOT_RUNNING', { scheduler: 'conformance', state: 'stopped' })
      control = applyToControl(control, applied, T0)
      return { control: markOf(control, subjectOf(applied)) }
    })
  }

  const scheduler: Scheduler = {
    name: 'conformance',
    state: 'running',
    get isOpen() {
      return isOpen
    },
    role: 'worker',
    jobNames: [JOB],
    // So many that no story meets them unawares.
    commandLimits: createCommandLimits({ burst: 10_000 }),
    presentNameOf: (job) => (job === FORMER_JOB ? JOB : job),
    ...DECLARED,
    open: async () => {},
    close: async () => {
      isOpen = false
    },
    start: (options = {}) => command('start', options),
    stop: (options = {}) => command('stop', options, { kind: 'stop', ...SOMEBODY }),
    pause: (options = {}) => command('pause', options),
    resume: (options = {}) => command('resume', options),
    pauseJob: (job, options = {}) => command('pause-job', { job, ...options }),
    resumeJob: (job, options = {}) => command('resume-job', { job, ...options }),
    runJob: (job, options = {}) => once('run-job', { job, ...options }, () => ({ runId: randomRunId() })),
    forgetJob: (job, options) => command('forget-job', { job, ...options }),
    cancelRun: (runId, options = {}) => once('cancel-run', { runId, ...options }, () => ({})),
    configure: (patch, options = {}) =>
      command('configure', { patch, ...options }, { kind: 'configure', patch, ...SOMEBODY }),
    configureJob: (job, patch, options = {}) => {
      // The suite looks at what was handed on; the schedule alone would have to be parsed first.
      const applied = { kind: 'configure-job', job, patch: { ...patch, schedule: null }, ...SOMEBODY } as const
      return command('configure-job', { job, patch, ...options }, applied)
    },
    control: (options) => question('control', [undefined, options], () => control),
    inputOf: () => null,
    isProviderEnabled: () => true,
    matchJobs: (filter) => call('match-jobs', { ...filter }, () => MATCH),
    pauseJobs: (filter, options = {}) => once('pause-job', { ...filter, ...options }, () => BULK),
    resumeJobs: (filter, options = {}) => once('resume-job', { ...filter, ...options }, () => BULK),
    runJobs: (filter, options = {}) => once('run-job', { ...filter, ...options }, () => BULK),
    templates: () => [TEMPLATE],
    templateOf: () => ({ name: TEMPLATE.name, params: { tenant: 'acme' } }),
    createJobs: (jobs, options = {}) => once('create-job', { jobs, ...options }, () => MADE),
    updateJobs: (jobs, options = {}) => once('update-job', { jobs, ...options }, () => MADE),
    removeJobs: (jobs, options = {}) => once('remove-job', { jobs, ...options }, () => MADE),
    backfillQueue: (job) => call('backfill-queue', { job }, () => QUEUE),
    cancelBackfill: (job, options = {}) => once('cancel-backfill', { job, ...options }, () => ({ dropped: 2 })),
    backfillJob: (job, options) => once('backfill', { job, ...options }, () => ({ queued: 1 })),
    preview: (job, n, { by, signal, ...options } = {}) =>
      question(
        'preview',
        [
          { job, n, ...options },
          { ...(by !== undefined && { by }), ...(signal && { signal }) },
        ],
        () => {
          // Whether a pattern can be is the library's business: the suite only asks how a refusal is put.
          if (options.schedule?.kind === 'cron') parseSchedule(options.schedule, 'preview.schedule')
          return FORESEEN.slice(0, n)
        },
      ),
    upcoming: (n, options) =>
      question('upcoming', [n, options], () => FORESEEN.slice(0, n).map((each) => ({ job: JOB, ...each }))),
    previewBackfill: (job, range, options) =>
      question('preview-backfill', [{ job, ...range }, options], () => BACKFILL),
    explain: (job, at, options) =>
      question('explain', [{ job, at }, options], () => EXPLAINED.find((each) => each.at === at) ?? NOT_DUE),
    history: (query, options) => question('history', [query, options], () => historyOf(query)),
    audit: (query, options) => question('audit', [query, options], () => [auditOf(query)]),
    dueTimes: (job, query, options) => question('due-times', [{ job, ...query }, options], () => DUE_TIMES),
    snapshot: () => call('snapshot', undefined, () => ({ snapshot, stale: staleMs !== null, ageMs: staleMs ?? 0 })),
    listRuns: (query = {}, options) =>
      question('list-entries', [query, options], () => pageOf(isOfQueue(query) ? [QUEUED_RUN] : ENTRIES, query)),
    listLog: (query = {}, options) =>
      question('list-log', [query, options], () => pageOf(query.runId === undefined ? LOG : LOG_OF_RUN, query)),
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
    askers,
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

interface Query {
  readonly id?: string
  readonly limit?: number
  readonly cursor?: string
}

function isOfQueue({ id, states = [] }: { readonly id?: string; readonly states?: readonly string[] }): boolean {
  return id === QUEUED_RUN.id || states.includes('queued')
}

function pageOf<T extends { readonly id: string }>(
  all: readonly T[],
  { id, limit = 50, cursor }: Query,
): ResultPage<T> {
  if (cursor !== undefined && !/^\d+$/.test(cursor))
    throw new SchedulerError('INVALID_REQUEST', { path: 'query.cursor', expected: 'the next_cursor of a page' })
  const offset = Number(cursor ?? 0)
  const matching = all.filter((item) => id === undefined || item.id === id)
  const items = matching.slice(offset, offset + limit)
  return { items, nextCursor: offset + limit < matching.length ? String(offset + limit) : null }
}

const MATCH = { jobs: [JOB], match: 'f1d0' }
const BULK = { ...MATCH, runs: [], left: [] }
const MADE = { jobs: [JOB] }
const TEMPLATE = {
  name: 'report',
  description: null,
  owner: null,
  tags: [],
  runbookUrl: null,
  params: { type: 'object' },
  jobs: 1,
}
const QUEUE = { waiting: [T0], running: 1, done: 2, passedOver: 3 }

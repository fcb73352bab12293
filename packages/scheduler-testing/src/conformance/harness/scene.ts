import type { ControlState, EpochMs, LedgerEntry, LedgerQuery, Run } from '@pm/scheduler-core'
import {
  type ClaimedRun,
  type JobChange,
  type LockedJobs,
  type NewRun,
  occurrenceId,
  type RunLease,
  randomInstanceId,
  type SchedulerCommand,
  type SessionOptions,
  type Settlement,
  type SettleResult,
  type StoreMeasures,
  sumRuns,
} from '@pm/scheduler-core/store'
import { expect, onTestFinished, type TestContext } from 'vitest'

import type { CreateStoreHarness, StoreHarness, StoreSuiteOptions } from './harness.ts'

/** What a behaviour is given to tell its story with: opens a scene on a fresh store. */
export interface Stage<S> {
  readonly options: Required<Pick<StoreSuiteOptions, 'histories' | 'snapshots'>> & StoreSuiteOptions
  open(context?: TestContext, needs?: Needs): Promise<Scene<S>>
}

/** What a test needs of the store; where it is missing the test is skipped and says so. */
export interface Needs {
  readonly concurrentUnits?: number
  readonly shared?: true
}

export function createStage<S>(createHarness: CreateStoreHarness<S>, options: StoreSuiteOptions): Stage<S> {
  return {
    options: { histories: 25, snapshots: 300, ...options },
    async open(context, needs = {}) {
      const harness = await createHarness()
      onTestFinished(() => harness.close())
      const lack = whatIsMissing(harness, needs)
      if (lack !== null) context?.skip(lack)
      return new Scene(harness)
    },
  }
}

/** 02:00 UTC: the first instant of an hour and of a minute. */
export const T0 = Date.UTC(2025, 8, 16, 2)
export const SECOND = 1_000
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** One scheduler in one store, with a step for each thing that a scheduler does to it. Each step is a unit of its own. */
export class Scene<S> {
  readonly harness: StoreHarness<S>
  readonly scheduler: string
  readonly owner = randomInstanceId()

  constructor(harness: StoreHarness<S>, scheduler = 'conformance') {
    this.harness = harness
    this.scheduler = scheduler
  }

  get store() {
    return this.harness.store
  }

  /** The same store, another scheduler. */
  beside(scheduler: string): Scene<S> {
    return new Scene(this.harness, scheduler)
  }

  unit<T>(work: (session: S) => Promise<T>, options?: SessionOptions): Promise<T> {
    return this.harness.sessions.withSession(work, { unit: 'conformance', ...options })
  }

  /** Registers jobs whose first due time may be `T0`. */
  async register(jobs: readonly string[], { cursor = T0 - 1, now = T0 } = {}): Promise<void> {
    const { scheduler } = this
    await this.unit((s) => this.store.register(s, { scheduler, now, jobs: jobs.map((job) => ({ job, cursor })) }))
  }

  async lock(...jobs: string[]): Promise<LockedJobs> {
    return this.unit((s) => this.store.lockJobs(s, { scheduler: this.scheduler, jobs }))
  }

  async record(...changes: readonly (Partial<JobChange> & Pick<JobChange, 'job'>)[]): Promise<readonly ClaimedRun[]> {
    return this.unit((s) => this.recordIn(s, ...changes))
  }

  /** Like real callers, a change moves its cursor to the last due time that it records, unless it names another. */
  recordIn(session: S, ...changes: readonly (Partial<JobChange> & Pick<JobChange, 'job'>)[]) {
    const whole = changes.map((change) => ({
      cursor: lastDueTimeOf(change),
      unrun: [],
      claims: [],
      cancel: [],
      ...change,
    }))
    return this.store.record(session, { scheduler: this.scheduler, changes: whole })
  }

  /** Claims one run and expects to get it. Scheduled runs of a job come in the order of their due times. */
  async claim(run: Partial<NewRun> & Pick<NewRun, 'job'>): Promise<ClaimedRun> {
    const wanted = this.newRun(run)
    const [claimed, ...rest] = await this.record({ job: run.job, claims: [wanted] })
    expect(rest).toEqual([])
    if (claimed === undefined) throw new Error(`The claim of ${run.job} at ${wanted.scheduledFor} was refused.`)
    return claimed
  }

  newRun(run: Partial<NewRun> & Pick<NewRun, 'job'>): NewRun {
    const { job, scheduledFor = T0 } = run
    const startedAt = scheduledFor ?? T0
    const id = occurrenceId({ scheduler: this.scheduler, job, scheduledFor: scheduledFor ?? -1 })
    return {
      id,
      trigger: scheduledFor === null ? 'manual' : 'schedule',
      scheduledFor,
      attempt: 1,
      owner: this.owner,
      startedAt,
      leaseUntil: startedAt + 30 * SECOND,
      latenessMs: scheduledFor === null ? null : 0,
      ...run,
    }
  }

  async settle(run: ClaimedRun, outcome: Partial<Settlement> = {}): Promise<SettleResult> {
    const [result] = await this.settleAll([settlementOf(run, outcome)])
    if (result === undefined) throw new Error('settle() answered nothing.')
    return result
  }

  async settleAll(settlements: readonly Settlement[]): Promise<readonly SettleResult[]> {
    return this.unit((s) => this.store.settle(s, { scheduler: this.scheduler, settlements }))
  }

  async command(command: SchedulerCommand, { now = T0 }: { now?: EpochMs } = {}) {
    return this.unit((s) => this.store.applyCommand(s, { scheduler: this.scheduler, command, now }))
  }

  async control(): Promise<ControlState | null> {
    return this.unit((s) => this.store.readControl(s, { scheduler: this.scheduler }), { readOnly: true })
  }

  async measures(asOf: EpochMs, windowsMs: Readonly<Record<string, number>> = {}): Promise<StoreMeasures> {
    const read = (s: S) => this.store.readMeasures(s, { scheduler: this.scheduler, asOf, windowsMs })
    const measures = await this.unit(read, { readOnly: true })
    expect(measures.totals, 'the totals').toEqual(sumRuns(measures.jobs, Object.keys(windowsMs)))
    return measures
  }

  /** Every entry that matches, read in pages of `limit`. */
  async entries({ limit = 100, ...query }: Partial<LedgerQuery> = {}): Promise<readonly LedgerEntry[]> {
    const all: LedgerEntry[] = []
    let cursor: string | null = null
    do {
      const page = await this.page({ limit, ...query, ...(cursor !== null && { cursor }) })
      all.push(...page.items)
      cursor = page.nextCursor
    } while (cursor !== null)
    return all
  }

  page(query: Partial<LedgerQuery>) {
    return this.unit((s) => this.store.listEntries(s, { scheduler: this.scheduler, limit: 100, ...query }), {
      readOnly: true,
    })
  }

  async run(id: Run['id']): Promise<Run> {
    const [entry] = await this.entries({ id })
    if (entry?.kind !== 'run') throw new Error(`The ledger has no run ${id}.`)
    return entry
  }

  /** Round trips through an open unit: time in which a wrongly unblocked caller would certainly get through. */
  async idle(session: S): Promise<void> {
    for (let trip = 0; trip < 20; trip++) {
      await this.store.readControl(session, { scheduler: this.scheduler })
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

function lastDueTimeOf({ unrun = [], claims = [] }: Partial<JobChange>): EpochMs | null {
  const own = claims.flatMap(({ trigger, scheduledFor }) => (trigger === 'schedule' ? [scheduledFor ?? 0] : []))
  const dueTimes = [...own, ...unrun.map(({ through }) => through)]
  return dueTimes.length > 0 ? Math.max(...dueTimes) : null
}

/** The outcome of a run that went well, one second after it started, unless told otherwise. */
export function settlementOf(run: ClaimedRun, outcome: Partial<Settlement> = {}): Settlement {
  return {
    runId: run.id,
    job: run.job,
    fence: run.fence,
    state: 'succeeded',
    settledAt: run.startedAt + SECOND,
    attempt: run.attempt,
    durationMs: SECOND,
    items: { processed: 0, failed: 0, skipped: 0 },
    calls: [],
    progress: null,
    error: null,
    ...outcome,
  }
}

/** What the owner of a run renews: its first attempt goes on, unless told otherwise. */
export function leaseOf({ id, fence }: Pick<ClaimedRun, 'id' | 'fence'>, changes: Partial<RunLease> = {}): RunLease {
  return { runId: id, fence, attempt: 1, progress: null, nextAttemptAt: null, error: null, ...changes }
}

function whatIsMissing<S>(harness: StoreHarness<S>, needs: Needs): string | null {
  const { concurrentUnits = 1, shared = false } = needs
  const has = harness.concurrentUnits ?? Number.POSITIVE_INFINITY
  if (has < concurrentUnits) return `needs ${concurrentUnits} units of work at once, this store has ${has}`
  if (shared && !harness.store.capabilities.shared) return 'the store declares that it is not shared'
  if (shared && !harness.another) return 'the harness cannot open the store a second time'
  return null
}

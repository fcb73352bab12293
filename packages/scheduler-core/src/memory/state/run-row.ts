import type { EpochMs } from '../../clock.ts'
import type { InstanceId, RunId } from '../../ids.ts'
import type { ClaimedRun } from '../../ports/job-changes.ts'
import { type NewRun, NO_ITEMS, type Run, type Settlement } from '../../run/ledger-entry.ts'
import type { RunTrigger } from '../../run/states.ts'

const FIRST_FENCE = 1

/** What a run keeps from its claim to the archive, whoever had it in between. */
export type RunFacts = Pick<Run, KeptField> & Partial<Pick<Run, 'cancelRequested' | 'input' | 'pastAttempts'>>
type KeptField =
  | 'id'
  | 'job'
  | 'trigger'
  | 'scheduledFor'
  | 'earlierAttempts'
  | 'fence'
  | 'owner'
  | 'startedAt'
  | 'leaseUntil'
  | 'latenessMs'
  | 'queuedAt'
  | 'queueWaitMs'

/**
 * A run from its claim until it is in the archive. The one object is what its owner gets as the claim, and its row in the
 * ledger: the claim is in its own fields, which never change, and the rest is private. Most runs end without anybody
 * having read their entry, so it is made when it is asked for.
 */
export class RunRow implements ClaimedRun {
  readonly id: RunId
  readonly job: string
  readonly trigger: RunTrigger
  readonly scheduledFor: EpochMs | null
  readonly attempt: number
  readonly owner: InstanceId
  readonly startedAt: EpochMs
  readonly leaseUntil: EpochMs
  readonly latenessMs: number | null
  readonly fence = FIRST_FENCE
  readonly #scheduler: string
  readonly #position: number
  #open: Run | null
  #settlement: Settlement | null = null
  #next: RunRow | null = null
  #removed = false

  constructor(scheduler: string, position: number, run: NewRun) {
    this.id = run.id
    this.job = run.job
    this.trigger = run.trigger
    this.scheduledFor = run.scheduledFor
    this.attempt = run.attempt
    this.owner = run.owner
    this.startedAt = run.startedAt
    this.leaseUntil = run.leaseUntil
    this.latenessMs = run.latenessMs
    this.#scheduler = scheduler
    this.#position = position
    this.#open = isPlain(run) ? null : toRun(scheduler, run)
  }

  get kind(): 'run' {
    return 'run'
  }

  get position(): number {
    return this.#position
  }

  get earlierAttempts(): number {
    return this.#open?.earlierAttempts ?? 0
  }

  get queuedAt(): EpochMs | null {
    return this.#open?.queuedAt ?? null
  }

  get queueWaitMs(): number | null {
    return this.#open?.queueWaitMs ?? null
  }

  /** Whether the run waits for a worker, settled or not. */
  get isQueued(): boolean {
    return this.#open?.state === 'queued'
  }

  /** The run as it is now, settled or not. */
  get entry(): Run {
    return this.#settlement === null ? this.open : toSettled(this.open, this.#settlement)
  }

  /** The run without its settlement. Replaced, never changed. */
  get open(): Run {
    this.#open ??= toRun(this.#scheduler, this)
    return this.#open
  }

  set open(run: Run) {
    this.#open = run
  }

  /** What of `open` outlasts the settlement, without making it. */
  get facts(): RunFacts {
    return this.#open ?? this
  }

  /** `null` while the run is under way. */
  get settlement(): Settlement | null {
    return this.#settlement
  }

  set settlement(settlement: Settlement | null) {
    this.#settlement = settlement
  }

  get settledAt(): EpochMs | null {
    return this.#settlement === null ? null : this.#settlement.settledAt
  }

  /** The run of the same job that was claimed next of those under way. */
  get next(): RunRow | null {
    return this.#next
  }

  set next(row: RunRow | null) {
    this.#next = row
  }

  get removed(): boolean {
    return this.#removed
  }

  set removed(removed: boolean) {
    this.#removed = removed
  }
}

/** The claim of a row, as its owner gets it. */
export function claimIn(row: RunRow, run: NewRun): ClaimedRun {
  return isPlain(run) ? row : { ...run, fence: row.fence }
}

/** Whether a run has none of the fields that few have. */
function isPlain(run: NewRun): boolean {
  const { earlierAttempts, nextAttemptAt, releasedAt, queuedAt = null, input, pastAttempts } = run
  return (
    earlierAttempts === undefined &&
    nextAttemptAt === undefined &&
    releasedAt === undefined &&
    queuedAt === null &&
    input === undefined &&
    pastAttempts === undefined
  )
}

function toRun(scheduler: string, run: NewRun): Run {
  const { queuedAt = null } = run
  return {
    kind: 'run',
    id: run.id,
    scheduler,
    job: run.job,
    trigger: run.trigger,
    scheduledFor: run.scheduledFor,
    state: queuedAt === null ? 'running' : 'queued',
    attempt: run.attempt,
    earlierAttempts: run.earlierAttempts ?? 0,
    fence: FIRST_FENCE,
    owner: run.owner,
    startedAt: run.startedAt,
    leaseUntil: run.leaseUntil,
    queuedAt,
    queueWaitMs: null,
    nextAttemptAt: run.nextAttemptAt ?? null,
    releasedAt: run.releasedAt ?? null,
    spentMs: 0,
    cancelRequested: false,
    settledAt: null,
    latenessMs: run.latenessMs,
    durationMs: null,
    items: NO_ITEMS,
    calls: NO_CALLS,
    progress: null,
    error: null,
    ...(run.pastAttempts && { pastAttempts: run.pastAttempts }),
    input: run.input ?? null,
  }
}

function toSettled(run: Run, settlement: Settlement): Run {
  const { state, settledAt, attempt, durationMs, items, calls, progress, error, pastAttempts } = settlement
  const over = { nextAttemptAt: null, releasedAt: null, spentMs: 0 }
  return {
    ...run,
    ...over,
    state,
    settledAt,
    attempt,
    durationMs,
    items,
    calls,
    progress,
    error,
    ...(pastAttempts && { pastAttempts }),
  }
}

const NO_CALLS: readonly never[] = Object.freeze([])

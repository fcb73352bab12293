import type { InstanceId } from '../../ids.ts'
import type { JsonValue } from '../../run/json-value.ts'
import {
  type ItemCounts,
  NO_ITEMS,
  type ProviderCalls,
  type Run,
  type RunProgress,
  type Settlement,
} from '../../run/ledger-entry.ts'
import type { PastAttempt } from '../../run/past-attempt.ts'
import { RUN_TRIGGERS } from '../../run/states.ts'
import type { StoredError } from '../../run/stored-error.ts'
import type { RunFacts } from './run-row.ts'

/** Fields that few runs have. They are stored beside the columns. */
interface Extras {
  readonly items: ItemCounts
  readonly calls: readonly ProviderCalls[]
  readonly progress: RunProgress | null
  readonly error: StoredError | null
  readonly pastAttempts?: readonly PastAttempt[]
}

/** The fields of a settled run that an unrun range has not. */
type RunPart = Omit<Run, 'kind' | 'id' | 'scheduler' | 'job' | 'state' | 'scheduledFor' | 'settledAt'>

/** What only settled runs have, by column. `null` is stored as NaN. */
export class RunColumns {
  readonly #triggers: Uint8Array
  readonly #cancelRequested: Uint8Array
  readonly #attempts: Float64Array
  readonly #earlierAttempts: Float64Array
  readonly #fences: Float64Array
  readonly #startedAt: Float64Array
  readonly #leaseUntil: Float64Array
  readonly #latenessMs: Float64Array
  readonly #durationMs: Float64Array
  /** Since when each run was queued, and how long it waited. Made for the first one that was; most chunks have none. */
  #queue: { readonly queuedAt: Float64Array; readonly waitMs: Float64Array } | null = null
  readonly #owners: InstanceId[] = []
  readonly #extras = new Map<number, Extras>()
  readonly #inputs = new Map<number, JsonValue>()

  constructor(capacity: number) {
    this.#triggers = new Uint8Array(capacity)
    this.#cancelRequested = new Uint8Array(capacity)
    this.#attempts = new Float64Array(capacity)
    this.#earlierAttempts = new Float64Array(capacity)
    this.#fences = new Float64Array(capacity)
    this.#startedAt = new Float64Array(capacity)
    this.#leaseUntil = new Float64Array(capacity)
    this.#latenessMs = new Float64Array(capacity)
    this.#durationMs = new Float64Array(capacity)
  }

  /** The places of the runs that have an input. */
  get withInput(): Iterable<number> {
    return this.#inputs.keys()
  }

  put(index: number, run: RunFacts, settlement: Settlement): void {
    this.#triggers[index] = RUN_TRIGGERS.indexOf(run.trigger)
    this.#cancelRequested[index] = run.cancelRequested ? 1 : 0
    this.#attempts[index] = settlement.attempt
    this.#earlierAttempts[index] = run.earlierAttempts
    this.#fences[index] = run.fence
    this.#startedAt[index] = run.startedAt
    this.#leaseUntil[index] = run.leaseUntil
    this.#latenessMs[index] = run.latenessMs ?? Number.NaN
    this.#durationMs[index] = settlement.durationMs ?? Number.NaN
    this.#owners[index] = run.owner
    if (run.queuedAt !== null) this.#putQueued(index, run.queuedAt, run.queueWaitMs)
    if (run.input !== undefined) this.setInput(index, run.input)
    const { items, calls, progress, error, pastAttempts = run.pastAttempts } = settlement
    if (items !== NO_ITEMS || calls.length > 0 || progress || error || pastAttempts) {
      this.#extras.set(index, { items, calls, progress, error, ...(pastAttempts && { pastAttempts }) })
    }
  }

  /** Forgets what lies beside the columns. */
  clear(): void {
    this.#queue = null
    this.#extras.clear()
    this.#inputs.clear()
  }

  setInput(index: number, input: JsonValue | null): void {
    if (input === null) this.#inputs.delete(index)
    else this.#inputs.set(index, input)
  }

  isOwnedBy(index: number, instance: string): boolean {
    return this.#owners[index] === instance
  }

  read(index: number): RunPart {
    return {
      trigger: RUN_TRIGGERS[this.#triggers[index] ?? 0] ?? 'schedule',
      attempt: at(this.#attempts, index),
      earlierAttempts: at(this.#earlierAttempts, index),
      fence: at(this.#fences, index),
      owner: this.#owners[index] ?? NOBODY,
      startedAt: at(this.#startedAt, index),
      leaseUntil: at(this.#leaseUntil, index),
      queuedAt: this.#queue && orNull(at(this.#queue.queuedAt, index)),
      queueWaitMs: this.#queue && orNull(at(this.#queue.waitMs, index)),
      nextAttemptAt: null,
      releasedAt: null,
      spentMs: 0,
      cancelRequested: this.#cancelRequested[index] === 1,
      latenessMs: orNull(at(this.#latenessMs, index)),
      durationMs: orNull(at(this.#durationMs, index)),
      ...(this.#extras.get(index) ?? NO_EXTRAS),
      input: this.#inputs.get(index) ?? null,
    }
  }

  #putQueued(index: number, queuedAt: number, waitMs: number | null): void {
    const capacity = this.#fences.length
    this.#queue ??= {
      queuedAt: new Float64Array(capacity).fill(Number.NaN),
      waitMs: new Float64Array(capacity).fill(Number.NaN),
    }
    this.#queue.queuedAt[index] = queuedAt
    this.#queue.waitMs[index] = waitMs ?? Number.NaN
  }
}

const NO_EXTRAS: Extras = Object.freeze({ items: NO_ITEMS, calls: Object.freeze([]), progress: null, error: null })
const NOBODY = '' as InstanceId

function at(column: Float64Array, index: number): number {
  return column[index] ?? Number.NaN
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

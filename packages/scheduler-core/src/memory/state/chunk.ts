import type { EpochMs } from '../../clock.ts'
import type { InstanceId, RunId } from '../../ids.ts'
import type { JsonValue } from '../../run/json-value.ts'
import {
  type ItemCounts,
  type LedgerEntry,
  NO_ITEMS,
  type ProviderCalls,
  type Run,
  type RunProgress,
} from '../../run/ledger-entry.ts'
import type { PastAttempt } from '../../run/past-attempt.ts'
import { LEDGER_STATES, type LedgerState, RUN_TRIGGERS, SKIP_REASONS, UNRUN_STATES } from '../../run/states.ts'
import type { StoredError } from '../../run/stored-error.ts'
import type { EntryFilter } from './entry-filter.ts'
import { hexIn } from './id-index.ts'

/** The capacity of a chunk in entries. */
export const CHUNK_SIZE = 512

/** The columns of an entry, in their order in the array. An unrun range stores other fields in some of them. */
const COLUMNS = [
  'idHead',
  'idMiddle',
  'idTail',
  'state',
  'why',
  'scheduledFor',
  'settledAt',
  'startedAt',
  'attempt',
  'earlierAttempts',
  'fence',
  'leaseUntil',
  'cancelRequested',
  'latenessMs',
  'durationMs',
] as const
type Column = (typeof COLUMNS)[number]

const WIDTH = COLUMNS.length
const PLACE = Object.fromEntries(COLUMNS.map((column, place) => [column, place])) as Readonly<Record<Column, number>>

/** Fields that few runs have. They are stored beside the array of numbers. */
interface Extras {
  readonly items: ItemCounts
  readonly calls: readonly ProviderCalls[]
  readonly progress: RunProgress | null
  readonly error: StoredError | null
  readonly pastAttempts?: readonly PastAttempt[]
}

/** Settled entries in an array of numbers: about 130 bytes each, and no work for the garbage collector. */
export class Chunk {
  readonly #numbers = new Float64Array(CHUNK_SIZE * WIDTH)
  readonly #jobs: string[] = []
  readonly #owners: InstanceId[] = []
  readonly #extras = new Map<number, Extras>()
  readonly #inputs = new Map<number, JsonValue>()
  #size = 0
  #firstSettledAt: EpochMs = Infinity
  #lastSettledAt: EpochMs = -Infinity

  /** How many entries the chunk holds, without the removed ones. */
  get size(): number {
    return this.#size
  }

  /** The earliest settlement in the chunk. Removing entries does not change it. */
  get firstSettledAt(): EpochMs {
    return this.#firstSettledAt
  }

  get lastSettledAt(): EpochMs {
    return this.#lastSettledAt
  }

  put(index: number, entry: LedgerEntry): void {
    const { id, settledAt } = entry
    this.#set(index, 'idHead', hexIn(id, 0, 8))
    this.#set(index, 'idMiddle', hexIn(id, 9, 23))
    this.#set(index, 'idTail', hexIn(id, 24, 36))
    this.#set(index, 'state', LEDGER_STATES.indexOf(entry.state) + 1)
    this.#set(index, 'scheduledFor', toNumber(entry.scheduledFor))
    this.#set(index, 'settledAt', toNumber(settledAt))
    this.#jobs[index] = entry.job
    if (entry.kind === 'run') this.#putRun(index, entry)
    else {
      this.#set(index, 'why', entry.reason === null ? -1 : SKIP_REASONS.indexOf(entry.reason))
      this.#set(index, 'startedAt', entry.through)
      this.#set(index, 'attempt', entry.dueCount)
    }
    this.#size++
    this.#firstSettledAt = Math.min(this.#firstSettledAt, settledAt ?? Infinity)
    this.#lastSettledAt = Math.max(this.#lastSettledAt, settledAt ?? -Infinity)
  }

  #putRun(index: number, run: Run): void {
    this.#set(index, 'why', RUN_TRIGGERS.indexOf(run.trigger))
    this.#set(index, 'startedAt', run.startedAt)
    this.#set(index, 'attempt', run.attempt)
    this.#set(index, 'earlierAttempts', run.earlierAttempts)
    this.#set(index, 'fence', run.fence)
    this.#set(index, 'leaseUntil', run.leaseUntil)
    this.#set(index, 'cancelRequested', run.cancelRequested ? 1 : 0)
    this.#set(index, 'latenessMs', toNumber(run.latenessMs))
    this.#set(index, 'durationMs', toNumber(run.durationMs))
    this.#owners[index] = run.owner
    this.setInput(index, run.input)
    const { items, calls, progress, error, pastAttempts } = run
    if (items !== NO_ITEMS || calls.length > 0 || progress || error || pastAttempts) {
      this.#extras.set(index, { items, calls, progress, error, ...(pastAttempts && { pastAttempts }) })
    }
  }

  /** The places of the entries that have an input. */
  get withInput(): Iterable<number> {
    return this.#inputs.keys()
  }

  setInput(index: number, input: JsonValue | null): void {
    if (input === null) this.#inputs.delete(index)
    else this.#inputs.set(index, input)
  }

  /** Marks an entry as removed; `restore` undoes it. */
  remove(index: number): void {
    this.#set(index, 'state', -this.#get(index, 'state'))
    this.#size--
  }

  restore(index: number): void {
    this.#set(index, 'state', -this.#get(index, 'state'))
    this.#size++
  }

  hasId(index: number, id: RunId): boolean {
    return (
      this.#get(index, 'state') > 0 &&
      this.#get(index, 'idHead') === hexIn(id, 0, 8) &&
      this.#get(index, 'idMiddle') === hexIn(id, 9, 23) &&
      this.#get(index, 'idTail') === hexIn(id, 24, 36)
    )
  }

  /** `undefined` when there is no entry at this index or it was removed. */
  stateAt(index: number): LedgerState | undefined {
    return LEDGER_STATES[this.#get(index, 'state') - 1]
  }

  /** False for most entries that do not match, without the cost of reading them. */
  mayMatch(index: number, { job, states, instance }: EntryFilter): boolean {
    const state = this.stateAt(index)
    if (state === undefined || (states !== undefined && !states.includes(state))) return false
    if (job !== undefined && this.jobAt(index) !== job) return false
    return instance === undefined || this.#owners[index] === instance
  }

  jobAt(index: number): string {
    return this.#jobs[index] ?? ''
  }

  settledAt(index: number): EpochMs {
    return this.#get(index, 'settledAt')
  }

  read(index: number, scheduler: string): LedgerEntry | null {
    const state = this.stateAt(index)
    if (state === undefined) return null
    const common = { id: this.#idAt(index), scheduler, job: this.jobAt(index) }
    const settledAt = this.settledAt(index)
    const why = this.#get(index, 'why')
    if (isUnrun(state)) {
      return {
        kind: 'unrun',
        ...common,
        state,
        reason: SKIP_REASONS[why] ?? null,
        scheduledFor: this.#get(index, 'scheduledFor'),
        through: this.#get(index, 'startedAt'),
        dueCount: this.#get(index, 'attempt'),
        settledAt,
      }
    }
    return {
      kind: 'run',
      ...common,
      trigger: RUN_TRIGGERS[why] ?? 'schedule',
      scheduledFor: fromNumber(this.#get(index, 'scheduledFor')),
      state,
      attempt: this.#get(index, 'attempt'),
      earlierAttempts: this.#get(index, 'earlierAttempts'),
      fence: this.#get(index, 'fence'),
      owner: this.#owners[index] ?? NOBODY,
      startedAt: this.#get(index, 'startedAt'),
      leaseUntil: this.#get(index, 'leaseUntil'),
      nextAttemptAt: null,
      releasedAt: null,
      spentMs: 0,
      cancelRequested: this.#get(index, 'cancelRequested') === 1,
      settledAt,
      latenessMs: fromNumber(this.#get(index, 'latenessMs')),
      durationMs: fromNumber(this.#get(index, 'durationMs')),
      ...(this.#extras.get(index) ?? NO_EXTRAS),
      input: this.#inputs.get(index) ?? null,
    }
  }

  #idAt(index: number): RunId {
    const head = this.#get(index, 'idHead').toString(16).padStart(8, '0')
    const middle = this.#get(index, 'idMiddle').toString(16).padStart(12, '0')
    const tail = this.#get(index, 'idTail').toString(16).padStart(12, '0')
    return [head, middle.slice(0, 4), middle.slice(4, 8), middle.slice(8), tail].join('-') as RunId
  }

  #get(index: number, column: Column): number {
    return this.#numbers[index * WIDTH + PLACE[column]] ?? Number.NaN
  }

  #set(index: number, column: Column, value: number): void {
    this.#numbers[index * WIDTH + PLACE[column]] = value
  }
}

const NO_EXTRAS: Extras = Object.freeze({ items: NO_ITEMS, calls: Object.freeze([]), progress: null, error: null })
const NOBODY = '' as InstanceId

function isUnrun(state: LedgerState): state is (typeof UNRUN_STATES)[number] {
  return (UNRUN_STATES as readonly LedgerState[]).includes(state)
}

/** `null` is stored as NaN. */
function toNumber(value: number | null): number {
  return value ?? Number.NaN
}

function fromNumber(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

import type { EpochMs } from '../../clock.ts'
import type { JsonValue } from '../../run/json-value.ts'
import type { LedgerEntry, UnrunRange } from '../../run/ledger-entry.ts'
import { isOpenState, LEDGER_STATES, type LedgerState, UNRUN_STATES } from '../../run/states.ts'
import type { EntryFilter } from './entry-filter.ts'
import { type IdBits, IdColumn } from './id-column.ts'
import { RunColumns } from './run-columns.ts'
import type { RunRow } from './run-row.ts'
import { UnrunColumns } from './unrun-columns.ts'

/** The capacity of a chunk in entries. */
export const CHUNK_SIZE = 512

/** Settled entries by column: about 130 bytes each, and no work for the garbage collector. */
export class Chunk {
  readonly #ids = new IdColumn(CHUNK_SIZE)
  readonly #jobs: string[] = []
  /** The place of each entry's state among all states, plus 1; 0 where there is no entry. */
  readonly #states = new Uint8Array(CHUNK_SIZE)
  readonly #removed = new Uint8Array(CHUNK_SIZE)
  /** NaN for none. */
  readonly #scheduledFor = new Float64Array(CHUNK_SIZE)
  readonly #settledAt = new Float64Array(CHUNK_SIZE)
  readonly #runs = new RunColumns(CHUNK_SIZE)
  /** Made for the first range; most chunks have none. */
  #unrun: UnrunColumns | null = null
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

  /** Puts a run that is settled. */
  putRun(index: number, row: RunRow): void {
    const { settlement, facts } = row
    if (settlement === null) return
    this.#put(index, facts, settlement)
    this.#runs.put(index, facts, settlement)
  }

  putUnrun(index: number, range: UnrunRange): void {
    this.#put(index, range, range)
    this.#unrun ??= new UnrunColumns(CHUNK_SIZE)
    this.#unrun.put(index, range)
  }

  /** Forgets all entries, so that the chunk can be filled again. */
  clear(): void {
    this.#ids.clear()
    this.#states.fill(0)
    this.#removed.fill(0)
    this.#runs.clear()
    this.#size = 0
    this.#firstSettledAt = Infinity
    this.#lastSettledAt = -Infinity
  }

  /** The places of the entries that have an input. */
  get withInput(): Iterable<number> {
    return this.#runs.withInput
  }

  setInput(index: number, input: JsonValue | null): void {
    this.#runs.setInput(index, input)
  }

  /** Marks an entry as removed; `restore` undoes it. */
  remove(index: number): void {
    this.#removed[index] = 1
    this.#size--
  }

  restore(index: number): void {
    this.#removed[index] = 0
    this.#size++
  }

  find(id: IdBits): number | undefined {
    return this.#ids.find(id, this.#isKept)
  }

  /** `undefined` when there is no entry at this index or it was removed. */
  stateAt(index: number): LedgerState | undefined {
    return this.#removed[index] === 1 ? undefined : LEDGER_STATES[(this.#states[index] ?? 0) - 1]
  }

  /** False for most entries that do not match, without the cost of reading them. */
  mayMatch(index: number, { job, states, instance }: EntryFilter): boolean {
    const state = this.stateAt(index)
    if (state === undefined || (states !== undefined && !states.includes(state))) return false
    if (job !== undefined && this.jobAt(index) !== job) return false
    return instance === undefined || (!isUnrun(state) && this.#runs.isOwnedBy(index, instance))
  }

  jobAt(index: number): string {
    return this.#jobs[index] ?? ''
  }

  settledAt(index: number): EpochMs {
    return this.#settledAt[index] ?? Number.NaN
  }

  read(index: number, scheduler: string): LedgerEntry | null {
    const state = this.stateAt(index)
    if (state === undefined || isOpenState(state)) return null
    const common = { id: this.#ids.read(index), scheduler, job: this.jobAt(index) }
    const scheduledFor = this.#scheduledFor[index] ?? Number.NaN
    const settledAt = this.settledAt(index)
    if (isUnrun(state)) {
      const part = this.#unrun?.read(index)
      return part ? { kind: 'unrun', ...common, state, scheduledFor, ...part, settledAt } : null
    }
    const due = Number.isNaN(scheduledFor) ? null : scheduledFor
    return { kind: 'run', ...common, scheduledFor: due, state, settledAt, ...this.#runs.read(index) }
  }

  readonly #isKept = (index: number): boolean => this.#removed[index] === 0

  #put(index: number, { id, job, scheduledFor }: Identity, { state, settledAt }: Ending): void {
    this.#ids.put(index, id)
    this.#jobs[index] = job
    this.#states[index] = LEDGER_STATES.indexOf(state) + 1
    this.#scheduledFor[index] = scheduledFor ?? Number.NaN
    this.#settledAt[index] = settledAt
    this.#size++
    if (settledAt < this.#firstSettledAt) this.#firstSettledAt = settledAt
    if (settledAt > this.#lastSettledAt) this.#lastSettledAt = settledAt
  }
}

type Identity = Pick<LedgerEntry, 'id' | 'job' | 'scheduledFor'>

interface Ending {
  readonly state: LedgerState
  readonly settledAt: EpochMs
}

function isUnrun(state: LedgerState): state is (typeof UNRUN_STATES)[number] {
  return (UNRUN_STATES as readonly LedgerState[]).includes(state)
}

import type { EpochMs } from '../../clock.ts'
import type { RunId } from '../../ids.ts'
import { ChurningMap } from '../../loop/churning-map.ts'
import type { JsonValue } from '../../run/json-value.ts'
import type { NewRun, UnrunRange } from '../../run/ledger-entry.ts'
import type { WindowSpan } from '../../run/windows.ts'
import { Archive } from './archive.ts'
import { type EntryFilter, isNamed } from './entry-filter.ts'
import { ArchivedRow, inputOf, type OpenRow, type Placed, type Row, UnrunRow } from './row.ts'
import { RunRow } from './run-row.ts'

/**
 * The rows of one scheduler and their indexes. Every change except `compact` has a method that undoes it. A settled row
 * moves to the archive as soon as no reader can ask for the state before.
 */
export class Ledger {
  readonly #scheduler: string
  /** Rows that are under way, or settled and not yet in the archive. */
  readonly #byId = new ChurningMap<RunId, OpenRow>()
  readonly #settled: OpenRow[] = []
  readonly #archive: Archive
  #nextPosition = 1
  #latestSettledAt = Number.NEGATIVE_INFINITY
  #lastSettledAt = Number.NEGATIVE_INFINITY

  constructor(scheduler: string) {
    this.#scheduler = scheduler
    this.#archive = new Archive(scheduler)
  }

  /** The latest settlement of any row, ever. */
  get latestSettledAt(): EpochMs {
    return this.#latestSettledAt
  }

  /** The settlement of the row that was indexed last. It is not the latest after a clock was set back. */
  get lastSettledAt(): EpochMs {
    return this.#lastSettledAt
  }

  /** Entries that were settled up to this instant may have been dropped because of `maxEntries`. */
  get droppedUpTo(): EpochMs {
    return this.#archive.droppedUpTo
  }

  newRun(run: NewRun): RunRow {
    return new RunRow(this.#scheduler, this.#nextPosition++, run)
  }

  newUnrun(range: UnrunRange): UnrunRow {
    return new UnrunRow(this.#nextPosition++, range)
  }

  /** Whether there is an entry with this id, under way or settled. */
  has(id: RunId): boolean {
    return this.#byId.has(id) || this.#archive.has(id)
  }

  /** Whether a row that is not yet in the archive has this id. */
  isOpen(id: RunId): boolean {
    return this.#byId.has(id)
  }

  /** The row with this id that is not yet in the archive. */
  findOpen(id: RunId): OpenRow | undefined {
    return this.#byId.get(id)
  }

  find(id: RunId): Row | undefined {
    const row = this.#byId.get(id)
    if (row !== undefined) return row
    const placed = this.#archive.find(id)
    return placed && new ArchivedRow(placed)
  }

  append(row: OpenRow): void {
    this.#byId.set(row.id, row)
  }

  /** Undoes `append` of the row that was appended last. */
  unappend(row: OpenRow): void {
    this.#byId.delete(row.id)
  }

  /** Adds a row to the index of settled rows. */
  index(row: OpenRow, settledAt: EpochMs): void {
    if (settledAt > this.#latestSettledAt) this.#latestSettledAt = settledAt
    this.#lastSettledAt = settledAt
    this.#settled.push(row)
  }

  /** Undoes `index` of the row that was indexed last. */
  unindex(): void {
    this.#settled.pop()
  }

  /** Removes a settled row. */
  remove(row: Row): void {
    if (row.kind === 'archived') this.#archive.remove(row)
    else {
      row.removed = true
      this.#byId.delete(row.id)
    }
  }

  /** Undoes `remove`. */
  restore(row: Row): void {
    if (row.kind === 'archived') this.#archive.restore(row)
    else {
      row.removed = false
      this.#byId.set(row.id, row)
    }
  }

  /** The matching entries before a position, latest first. */
  *latestFirst(before: number, filter: EntryFilter): Iterable<Placed> {
    const here = [...this.#byId.values()]
      .filter((row) => row.position < before && isNamed(row.entry, filter))
      .sort((a, b) => a.position - b.position)
    for (const archived of this.#archive.latestFirst(before, filter)) {
      for (let last = here.at(-1); last && last.position > archived.position; last = here.at(-1)) {
        yield last
        here.pop()
      }
      yield archived
    }
    yield* here.reverse()
  }

  /** The settled runs that have an input. */
  *settledWithInput(): Iterable<Row> {
    for (const row of this.#settled) if (!row.removed && inputOf(row) !== null) yield row
    for (const placed of this.#archive.withInput()) yield new ArchivedRow(placed)
  }

  /** Replaces the input of a settled run. */
  setInput(row: Row, input: JsonValue | null): void {
    if (row.kind === 'archived') this.#archive.setInput(row, input)
    else if (row.kind === 'run') row.open = { ...row.open, input }
  }

  /** The rows that were settled within the span, in no particular order. */
  *settledIn(span: WindowSpan): Iterable<Row> {
    for (const row of this.#settled) {
      const { settledAt } = row
      if (!row.removed && settledAt !== null && settledAt > span.after && settledAt <= span.upTo) yield row
    }
    for (const placed of this.#archive.settledIn(span)) yield new ArchivedRow(placed)
  }

  /**
   * Moves settled rows to the archive, frees removed ones, and drops the oldest beyond `limit` settled entries. Call it
   * only while no reader can ask for an earlier state.
   */
  compact(limit: number): void {
    const settled = this.#settled
    for (let index = 0; index < settled.length; index++) {
      const row = settled[index]
      if (row === undefined || row.removed) continue
      this.#byId.delete(row.id)
      this.#archive.put(row)
    }
    settled.length = 0
    this.#archive.compact(limit)
  }
}

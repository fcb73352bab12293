import type { EpochMs } from '../../clock.ts'
import type { RunId } from '../../ids.ts'
import type { JsonValue } from '../../run/json-value.ts'
import type { LedgerEntry, Run } from '../../run/ledger-entry.ts'
import type { WindowSpan } from '../../run/windows.ts'
import { Archive, type Placed } from './archive.ts'
import { type EntryFilter, isNamed } from './entry-filter.ts'

/** One entry of the ledger and its position. The entry is replaced, never changed. */
export interface Row<E extends LedgerEntry = LedgerEntry> {
  /** Grows with every entry. Pages are in this order. */
  readonly position: number
  entry: E
  removed: boolean
  /** Whether the row was just read from the archive: the ledger's own rows do not include it. */
  readonly archived: boolean
}

export type RunRow = Row<Run>

export function isRunning(row: Row | undefined): row is RunRow {
  return row?.entry.state === 'running'
}

/**
 * The rows of one scheduler and their indexes. Every change except `compact` has a method that undoes it. A settled row
 * moves to the archive as soon as no reader can ask for the state before.
 */
export class Ledger {
  /** Rows that are running, or settled and not yet in the archive. */
  readonly #byId = new Map<RunId, Row>()
  readonly #settled: Row[] = []
  readonly #archive: Archive
  #nextPosition = 1
  #latestSettledAt = Number.NEGATIVE_INFINITY

  constructor(scheduler: string) {
    this.#archive = new Archive(scheduler)
  }

  /** The latest settlement of any row, ever. */
  get latestSettledAt(): EpochMs {
    return this.#latestSettledAt
  }

  /** Entries that were settled up to this instant may have been dropped because of `maxEntries`. */
  get droppedUpTo(): EpochMs {
    return this.#archive.droppedUpTo
  }

  newRow<E extends LedgerEntry>(entry: E): Row<E> {
    return { position: this.#nextPosition++, entry, removed: false, archived: false }
  }

  find(id: RunId): Row | undefined {
    const row = this.#byId.get(id)
    if (row !== undefined) return row
    const placed = this.#archive.find(id)
    return placed && toRow(placed)
  }

  append(row: Row): void {
    this.#byId.set(row.entry.id, row)
  }

  /** Undoes `append` of the row that was appended last. */
  unappend(row: Row): void {
    this.#byId.delete(row.entry.id)
  }

  /** Adds a row to the index of settled rows. */
  index(row: Row, settledAt: EpochMs): void {
    if (settledAt > this.#latestSettledAt) this.#latestSettledAt = settledAt
    this.#settled.push(row)
  }

  /** Undoes `index` of the row that was indexed last. */
  unindex(): void {
    this.#settled.pop()
  }

  /** Removes a settled row. */
  remove(row: Row): void {
    row.removed = true
    if (row.archived) this.#archive.remove(row)
    else this.#byId.delete(row.entry.id)
  }

  /** Undoes `remove`. */
  restore(row: Row): void {
    row.removed = false
    if (row.archived) this.#archive.restore(row)
    else this.#byId.set(row.entry.id, row)
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
  *settledWithInput(): Iterable<RunRow> {
    for (const row of this.#settled) if (!row.removed && hasInput(row)) yield row
    for (const placed of this.#archive.withInput()) {
      const row = toRow(placed)
      if (hasInput(row)) yield row
    }
  }

  setInput(row: RunRow, input: JsonValue | null): void {
    row.entry = { ...row.entry, input }
    if (row.archived) this.#archive.setInput(row, input)
  }

  /** The rows that were settled within the span, in no particular order. */
  *settledIn(span: WindowSpan): Iterable<Row> {
    for (const row of this.#settled) {
      const { settledAt } = row.entry
      if (!row.removed && settledAt !== null && settledAt > span.after && settledAt <= span.upTo) yield row
    }
    for (const placed of this.#archive.settledIn(span)) yield toRow(placed)
  }

  /**
   * Moves settled rows to the archive, frees removed ones, and drops the oldest beyond `limit` settled entries. Call it
   * only while no reader can ask for an earlier state.
   */
  compact(limit: number): void {
    for (const row of this.#settled) {
      if (row.removed) continue
      this.#byId.delete(row.entry.id)
      this.#archive.put(row)
    }
    this.#settled.length = 0
    this.#archive.compact(limit)
  }
}

function hasInput(row: Row): row is RunRow {
  return row.entry.kind === 'run' && row.entry.input !== null
}

function toRow({ position, entry }: Placed): Row {
  return { position, entry, removed: false, archived: true }
}

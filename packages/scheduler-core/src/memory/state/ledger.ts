import type { EpochMs } from '../../clock.ts'
import type { RunId } from '../../ids.ts'
import type { LedgerEntry, Run } from '../../run/ledger-entry.ts'
import type { WindowSpan } from '../../run/windows.ts'
import { Archive, type EntryFilter, type Placed } from './archive.ts'

/** The place of one entry in the ledger. The entry itself is replaced, never changed. */
export interface Row<E extends LedgerEntry = LedgerEntry> {
  /** Grows with every entry: the order of pages. */
  readonly position: number
  entry: E
  removed: boolean
  /** It was made from the archive just now: the entry stands there, and not here. */
  readonly archived: boolean
}

export type RunRow = Row<Run>

export function isRunning(row: Row | undefined): row is RunRow {
  return row?.entry.state === 'running'
}

/**
 * The rows of one scheduler and the ways to find them. Everything but `compact` can be taken back by its opposite.
 * A row that is settled moves to the archive as soon as nobody can ask for the state before.
 */
export class Ledger {
  /** What is running or was settled just now. */
  readonly #byId = new Map<RunId, Row>()
  readonly #settled: Row[] = []
  readonly #archive: Archive
  #nextPosition = 1
  #latestSettledAt = Number.NEGATIVE_INFINITY

  constructor(scheduler: string) {
    this.#archive = new Archive(scheduler)
  }

  /** No row was ever settled later. */
  get latestSettledAt(): EpochMs {
    return this.#latestSettledAt
  }

  /** Of what was settled up to here, some was dropped since there was no room for it. */
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

  /** The opposite of `append`, for the row that was appended last. */
  unappend(row: Row): void {
    this.#byId.delete(row.entry.id)
  }

  /** Notes that a row was settled at this instant. */
  index(row: Row, settledAt: EpochMs): void {
    if (settledAt > this.#latestSettledAt) this.#latestSettledAt = settledAt
    this.#settled.push(row)
  }

  /** The opposite of `index`, for the row that was settled last. */
  unindex(): void {
    this.#settled.pop()
  }

  /** Takes a settled row out. */
  remove(row: Row): void {
    row.removed = true
    if (row.archived) this.#archive.remove(row)
    else this.#byId.delete(row.entry.id)
  }

  /** The opposite of `remove`. */
  restore(row: Row): void {
    row.removed = false
    if (row.archived) this.#archive.restore(row)
    else this.#byId.set(row.entry.id, row)
  }

  /** The wanted entries before a position, latest first. */
  *latestFirst(before: number, filter: EntryFilter): Iterable<Placed> {
    const here = [...this.#byId.values()]
      .filter((row) => row.position < before && isWanted(row, filter))
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

  /** The rows that were settled within the span, in no order. */
  *settledIn(span: WindowSpan): Iterable<Row> {
    for (const row of this.#settled) {
      const { settledAt } = row.entry
      if (!row.removed && settledAt !== null && settledAt > span.after && settledAt <= span.upTo) yield row
    }
    for (const placed of this.#archive.settledIn(span)) yield toRow(placed)
  }

  /**
   * Packs what is settled and lets go of what was removed; beyond `limit` settled entries, the oldest are dropped.
   * Answers what was dropped. Only while nobody can ask for an earlier state.
   */
  compact(limit: number): readonly LedgerEntry[] {
    for (const row of this.#settled) {
      if (row.removed) continue
      this.#byId.delete(row.entry.id)
      this.#archive.put(row)
    }
    this.#settled.length = 0
    return this.#archive.compact(limit)
  }
}

function toRow({ position, entry }: Placed): Row {
  return { position, entry, removed: false, archived: true }
}

function isWanted({ entry }: Row, { job, states }: EntryFilter): boolean {
  if (job !== undefined && entry.job !== job) return false
  return states === undefined || states.includes(entry.state)
}

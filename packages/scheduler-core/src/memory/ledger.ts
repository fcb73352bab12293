import type { EpochMs } from '../clock.ts'
import type { RunId } from '../ids.ts'
import { BUCKET_WIDTHS, bucketStart, type Span } from '../metrics/windows.ts'
import type { LedgerEntry, Run } from '../run/ledger-entry.ts'

/** The place of one entry in the ledger. The entry itself is replaced, never changed. */
export interface Row<E extends LedgerEntry = LedgerEntry> {
  /** Grows with every entry: the order of pages. */
  readonly position: number
  entry: E
  removed: boolean
}

export type RunRow = Row<Run>

export function isRunning(row: Row | undefined): row is RunRow {
  return row?.entry.state === 'running'
}

/** The rows of one scheduler and the ways to find them. Everything here can be taken back by its opposite. */
export class Ledger {
  /** Oldest first; removed rows stay until `compact`. */
  rows: Row[] = []
  readonly #byId = new Map<RunId, Row>()
  readonly #byMinute = new Map<EpochMs, Set<Row>>()
  #nextPosition = 1
  #removed = 0
  #latestSettledAt = Number.NEGATIVE_INFINITY

  /** No row was ever settled later. */
  get latestSettledAt(): EpochMs {
    return this.#latestSettledAt
  }

  newRow<E extends LedgerEntry>(entry: E): Row<E> {
    return { position: this.#nextPosition++, entry, removed: false }
  }

  find(id: RunId): Row | undefined {
    return this.#byId.get(id)
  }

  append(row: Row): void {
    this.rows.push(row)
    this.#byId.set(row.entry.id, row)
  }

  /** The opposite of `append`, for the row that was appended last. */
  unappend(row: Row): void {
    this.rows.pop()
    this.#byId.delete(row.entry.id)
  }

  /** Makes a row that was settled at this instant findable by it. */
  index(row: Row, settledAt: EpochMs): void {
    if (settledAt > this.#latestSettledAt) this.#latestSettledAt = settledAt
    const minute = bucketStart('minute', settledAt)
    const rows = this.#byMinute.get(minute)
    if (rows) rows.add(row)
    else this.#byMinute.set(minute, new Set([row]))
  }

  unindex(row: Row, settledAt: EpochMs): void {
    const minute = bucketStart('minute', settledAt)
    const rows = this.#byMinute.get(minute)
    rows?.delete(row)
    if (rows?.size === 0) this.#byMinute.delete(minute)
  }

  /** Takes a settled row out. */
  remove(row: Row, settledAt: EpochMs): void {
    row.removed = true
    this.#removed++
    this.#byId.delete(row.entry.id)
    this.unindex(row, settledAt)
  }

  /** The opposite of `remove`. */
  restore(row: Row, settledAt: EpochMs): void {
    row.removed = false
    this.#removed--
    this.#byId.set(row.entry.id, row)
    this.index(row, settledAt)
  }

  /** Calls back for every row that was settled within the span. */
  eachSettledIn({ after, upTo }: Span, visit: (row: Row) => void): void {
    for (let minute = bucketStart('minute', after + 1); minute < upTo; minute += BUCKET_WIDTHS.minute) {
      for (const row of this.#byMinute.get(minute) ?? NONE) {
        const at = row.entry.settledAt
        if (at !== null && at > after && at <= upTo) visit(row)
      }
    }
  }

  /** Up to `limit` rows that were settled before the instant, in no order. */
  settledBefore(instant: EpochMs, limit: number): readonly Row[] {
    const found: Row[] = []
    for (const [minute, rows] of this.#byMinute) {
      if (minute >= instant) continue
      for (const row of rows) {
        if (found.length === limit) return found
        if (row.entry.settledAt !== null && row.entry.settledAt < instant) found.push(row)
      }
    }
    return found
  }

  /** Lets go of removed rows once they are the greater part. Only while nobody can ask for an earlier state. */
  compact(): void {
    if (this.#removed * 2 <= this.rows.length) return
    this.rows = this.rows.filter((row) => !row.removed)
    this.#removed = 0
  }
}

const NONE: readonly never[] = Object.freeze([])

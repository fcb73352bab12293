import type { EpochMs } from '../clock.ts'
import type { RunId } from '../ids.ts'
import { BUCKET_WIDTHS, bucketStart, type Span } from '../metrics/windows.ts'
import type { LedgerEntry, Run } from '../run/ledger-entry.ts'
import type { Amounts } from './tallies.ts'

/** The place of one entry in the ledger. The entry itself is replaced, never changed. */
export interface Row<E extends LedgerEntry = LedgerEntry> {
  /** Grows with every entry: the order of pages. */
  readonly position: number
  entry: E
  /** What the entry added to its job when it was settled. */
  amounts: Amounts
  removed: boolean
}

export type RunRow = Row<Run>

/** The rows of one scheduler and the ways to find them. Everything here can be taken back by its opposite. */
export class Ledger {
  /** Oldest first; removed rows stay until `compact`. */
  rows: Row[] = []
  readonly #byId = new Map<RunId, Row>()
  readonly #byMinute = new Map<EpochMs, Set<Row>>()
  #nextPosition = 1
  #removed = 0

  newRow<E extends LedgerEntry>(entry: E, amounts: Amounts = []): Row<E> {
    return { position: this.#nextPosition++, entry, amounts, removed: false }
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

  /** Makes a settled row findable by the instant of its settlement. */
  index(row: Row): void {
    const minute = minuteOf(row)
    if (minute === null) return
    const rows = this.#byMinute.get(minute)
    if (rows) rows.add(row)
    else this.#byMinute.set(minute, new Set([row]))
  }

  unindex(row: Row): void {
    const minute = minuteOf(row)
    if (minute === null) return
    const rows = this.#byMinute.get(minute)
    rows?.delete(row)
    if (rows?.size === 0) this.#byMinute.delete(minute)
  }

  remove(row: Row): void {
    row.removed = true
    this.#removed++
    this.#byId.delete(row.entry.id)
    this.unindex(row)
  }

  /** The opposite of `remove`. */
  restore(row: Row): void {
    row.removed = false
    this.#removed--
    this.#byId.set(row.entry.id, row)
    this.index(row)
  }

  /** Rows that were settled within the span. */
  *settledIn({ after, upTo }: Span): Generator<Row> {
    for (let minute = bucketStart('minute', after + 1); minute < upTo; minute += BUCKET_WIDTHS.minute) {
      for (const row of this.#byMinute.get(minute) ?? []) {
        const at = row.entry.settledAt
        if (at !== null && at > after && at <= upTo) yield row
      }
    }
  }

  /** Rows that were settled before the instant, in no order. */
  *settledBefore(instant: EpochMs): Generator<Row> {
    for (const [minute, rows] of this.#byMinute) {
      if (minute >= instant) continue
      for (const row of rows) if (row.entry.settledAt !== null && row.entry.settledAt < instant) yield row
    }
  }

  /** Lets go of removed rows once they are the greater part. Only while nobody can ask for an earlier state. */
  compact(): void {
    if (this.#removed * 2 <= this.rows.length) return
    this.rows = this.rows.filter((row) => !row.removed)
    this.#removed = 0
  }
}

function minuteOf({ entry }: Row): EpochMs | null {
  return entry.settledAt === null ? null : bucketStart('minute', entry.settledAt)
}

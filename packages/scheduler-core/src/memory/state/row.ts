import type { EpochMs } from '../../clock.ts'
import type { RunId } from '../../ids.ts'
import type { JsonValue } from '../../run/json-value.ts'
import type { LedgerEntry, UnrunRange } from '../../run/ledger-entry.ts'
import type { RunRow } from './run-row.ts'

/** An entry and its position in the ledger. Positions grow with every entry; pages are in their order. */
export interface Placed {
  readonly position: number
  readonly entry: LedgerEntry
}

export type Row = OpenRow | ArchivedRow

/** A row that is under way, or settled and not yet in the archive. */
export type OpenRow = RunRow | UnrunRow

/** Whether it is of a run that is not settled: a running or a queued one. */
export function isUnderWay(row: Row | undefined): row is RunRow {
  return row?.kind === 'run' && row.settlement === null
}

export function isRunning(row: Row | undefined): row is RunRow {
  return isUnderWay(row) && !row.isQueued
}

export function isQueued(row: Row | undefined): row is RunRow {
  return isUnderWay(row) && row.isQueued
}

/** Due times that did not run. */
export class UnrunRow implements Placed {
  readonly kind = 'unrun'
  readonly position: number
  readonly entry: UnrunRange
  removed = false

  constructor(position: number, entry: UnrunRange) {
    this.position = position
    this.entry = entry
  }

  get id(): RunId {
    return this.entry.id
  }

  get settledAt(): EpochMs {
    return this.entry.settledAt
  }
}

/** A row that was just read from the archive. */
export class ArchivedRow implements Placed {
  readonly kind = 'archived'
  readonly position: number
  readonly entry: LedgerEntry

  constructor({ position, entry }: Placed) {
    this.position = position
    this.entry = entry
  }

  get settledAt(): EpochMs | null {
    return this.entry.settledAt
  }
}

/** The input that a run was given; `null` when there is none. */
export function inputOf({ entry }: Placed): JsonValue | null {
  return entry.kind === 'run' ? entry.input : null
}

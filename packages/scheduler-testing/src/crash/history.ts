import { appendFileSync, readFileSync } from 'node:fs'

import type { EpochMs, RunId, SettledRunState } from '@pm/scheduler-core'
import type { SettleResult } from '@pm/scheduler-core/store'

/** What processes and their handlers did, told outside the database: what its ledger is compared with. */
export type HistoryLine = ProcessLine | StallLine | RunLine | SettledLine

/** Something happened to a process. `killed`, `stopped` and `continued` are told by whoever did it. */
export interface ProcessLine {
  readonly kind: 'opened' | 'closed' | 'killed' | 'stopped' | 'continued'
  readonly process: string
  readonly at: EpochMs
}

/** A process could not run for `ms` until `at`. */
export interface StallLine {
  readonly kind: 'stalled'
  /** `null` for a stall that every process had, as one that watches the machine tells it. */
  readonly process: string | null
  readonly at: EpochMs
  readonly ms: number
}

/** A handler began, came to its end, threw, or saw its signal abort. */
export interface RunLine {
  readonly kind: 'start' | 'end' | 'failed' | 'aborted'
  readonly process: string
  readonly at: EpochMs
  readonly job: string
  readonly runId: RunId
  readonly attempt: number
}

/** The store answered a settlement, and its unit has committed. */
export interface SettledLine {
  readonly kind: 'settled'
  readonly process: string
  readonly at: EpochMs
  readonly runId: RunId
  readonly state: SettledRunState
  readonly result: SettleResult
}

export interface HistoryFile {
  append(line: HistoryLine): void
  /** What is told afterwards is dropped: a handler that ignores its signal outlives its scheduler. */
  close(): void
}

/**
 * Opens a history for appending, also from several processes at once: each line is one write at the end of the file,
 * and what was written survives the process. It holds no descriptor, which a late line could find in other hands.
 */
export function openHistory(path: string): HistoryFile {
  let isOpen = true
  return {
    append(line) {
      if (isOpen) appendFileSync(path, `${JSON.stringify(line)}\n`)
    },
    close() {
      isOpen = false
    },
  }
}

/** Everything that was told, in the order in which it was written. */
export function readHistory(path: string): readonly HistoryLine[] {
  const lines = readFileSync(path, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as HistoryLine)
}

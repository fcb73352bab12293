import type { Run } from '../run/ledger-entry.ts'
import type { RunRow } from './ledger.ts'
import type { Change } from './timeline.ts'

/** A run's row with another entry in it, as a change. */
export function replacing(row: RunRow, after: Run): Change {
  const before = row.entry
  return {
    redo() {
      row.entry = after
    },
    undo() {
      row.entry = before
    },
  }
}

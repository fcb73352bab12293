import type { UnrunRange } from '../../run/ledger-entry.ts'
import { SKIP_REASONS } from '../../run/states.ts'

/** The fields of an unrun range that a run has not. */
type UnrunPart = Pick<UnrunRange, 'reason' | 'through' | 'dueCount'>

/** What only unrun ranges have, by column. */
export class UnrunColumns {
  /** -1 for none. */
  readonly #reasons: Int8Array
  readonly #through: Float64Array
  readonly #dueCounts: Float64Array

  constructor(capacity: number) {
    this.#reasons = new Int8Array(capacity)
    this.#through = new Float64Array(capacity)
    this.#dueCounts = new Float64Array(capacity)
  }

  put(index: number, { reason, through, dueCount }: UnrunPart): void {
    this.#reasons[index] = reason === null ? -1 : SKIP_REASONS.indexOf(reason)
    this.#through[index] = through
    this.#dueCounts[index] = dueCount
  }

  read(index: number): UnrunPart {
    return {
      reason: SKIP_REASONS[this.#reasons[index] ?? -1] ?? null,
      through: this.#through[index] ?? Number.NaN,
      dueCount: this.#dueCounts[index] ?? Number.NaN,
    }
  }
}

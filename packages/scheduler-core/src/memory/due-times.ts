import type { EpochMs } from '../clock.ts'
import type { Run } from '../run/ledger-entry.ts'

/** A set of due times. They come in their order, nearly always, and stay for long: in an array each takes 8 bytes. */
export class DueTimes {
  readonly #sorted: EpochMs[] = []

  has(due: EpochMs): boolean {
    return this.#sorted[this.#indexOf(due)] === due
  }

  add(due: EpochMs): void {
    const index = this.#indexOf(due)
    if (this.#sorted[index] !== due) this.#sorted.splice(index, 0, due)
  }

  delete(due: EpochMs): void {
    const index = this.#indexOf(due)
    if (this.#sorted[index] === due) this.#sorted.splice(index, 1)
  }

  /** The index of the first that is not earlier. */
  #indexOf(due: EpochMs): number {
    let high = this.#sorted.length
    if ((this.#sorted[high - 1] ?? -Infinity) < due) return high
    let low = 0
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#sorted[middle] ?? due) < due) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** The due time that a run stands for: its part of the unique key. */
export function dueTimeOf({ trigger, scheduledFor }: Pick<Run, 'trigger' | 'scheduledFor'>): EpochMs | null {
  return trigger === 'schedule' ? scheduledFor : null
}

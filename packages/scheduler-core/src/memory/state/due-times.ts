import type { EpochMs } from '../../clock.ts'
import type { Run } from '../../run/ledger-entry.ts'

/** A set of due times. They come in their order, nearly always, and stay for long: in an array each takes 8 bytes. */
export class DueTimes {
  /** None until there is one: many jobs wait for long before they first run. */
  #sorted: EpochMs[] | null = null

  has(due: EpochMs): boolean {
    return this.#sorted?.[indexOf(this.#sorted, due)] === due
  }

  add(due: EpochMs): void {
    this.#sorted ??= []
    const index = indexOf(this.#sorted, due)
    if (index === this.#sorted.length) this.#sorted.push(due)
    else if (this.#sorted[index] !== due) this.#sorted.splice(index, 0, due)
  }

  delete(due: EpochMs): void {
    if (this.#sorted === null) return
    const index = indexOf(this.#sorted, due)
    if (this.#sorted[index] === due) this.#sorted.splice(index, 1)
  }
}

/** The index of the first that is not earlier. */
function indexOf(sorted: readonly EpochMs[], due: EpochMs): number {
  let high = sorted.length
  if ((sorted[high - 1] ?? -Infinity) < due) return high
  let low = 0
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? due) < due) low = middle + 1
    else high = middle
  }
  return low
}

/** The due time that a run stands for: its part of the unique key. */
export function dueTimeOf({ trigger, scheduledFor }: Pick<Run, 'trigger' | 'scheduledFor'>): EpochMs | null {
  return trigger === 'schedule' ? scheduledFor : null
}

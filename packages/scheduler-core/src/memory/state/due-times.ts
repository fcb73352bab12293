import type { EpochMs } from '../../clock.ts'
import type { Run } from '../../run/ledger-entry.ts'

/**
 * A set of due times in a sorted array, where each takes 8 bytes. Due times nearly always arrive in order and stay for
 * long.
 */
export class DueTimes {
  /** `null` until the first due time, because many jobs wait long for their first run. */
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

/** The index of the first due time that is not earlier than `due`. */
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

/** The due time of a scheduled run, its part of the unique key; `null` for other runs. */
export function dueTimeOf({ trigger, scheduledFor }: Pick<Run, 'trigger' | 'scheduledFor'>): EpochMs | null {
  return trigger === 'schedule' ? scheduledFor : null
}

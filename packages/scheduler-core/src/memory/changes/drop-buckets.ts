import type { EpochMs } from '../../clock.ts'
import type { Tallies } from '../state/tallies.ts'
import type { Change } from '../state/undo-log.ts'

/** Drops the buckets from before an instant. */
export class DropBuckets implements Change {
  readonly #counted: readonly Counted[]
  readonly #before: EpochMs
  #restore: readonly (() => void)[] = []

  constructor(counted: readonly Counted[], before: EpochMs) {
    this.#counted = counted
    this.#before = before
  }

  redo(): void {
    this.#restore = this.#counted.map(({ tallies }) => tallies.dropBefore(this.#before))
  }

  undo(): void {
    for (const restore of this.#restore) restore()
  }
}

interface Counted {
  readonly tallies: Pick<Tallies<string, string>, 'dropBefore'>
}

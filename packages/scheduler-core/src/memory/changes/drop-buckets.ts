import type { EpochMs } from '../../clock.ts'
import type { JobData } from '../state/job-data.ts'
import type { ProviderData } from '../state/scheduler-data.ts'
import type { Change } from '../state/undo-log.ts'

/** Drops the buckets from before an instant. */
export class DropBuckets implements Change {
  readonly #counted: readonly (JobData | ProviderData)[]
  readonly #before: EpochMs
  #restore: readonly (() => void)[] = []

  constructor(counted: readonly (JobData | ProviderData)[], before: EpochMs) {
    this.#counted = counted
    this.#before = before
  }

  redo(): void {
    this.#restore = this.#counted.flatMap(({ tallies }) => tallies.dropBefore(this.#before))
  }

  undo(): void {
    for (const restore of this.#restore) restore()
  }
}

import type { EpochMs } from '../../clock.ts'
import type { JobBook, ProviderBook } from '../state/books.ts'
import type { Change } from '../state/timeline.ts'

/** Buckets from before an instant are dropped. */
export class DropBuckets implements Change {
  readonly #books: readonly (JobBook | ProviderBook)[]
  readonly #before: EpochMs
  #restore: readonly (() => void)[] = []

  constructor(books: readonly (JobBook | ProviderBook)[], before: EpochMs) {
    this.#books = books
    this.#before = before
  }

  redo(): void {
    this.#restore = this.#books.flatMap(({ tallies }) => tallies.dropBefore(this.#before))
  }

  undo(): void {
    for (const restore of this.#restore) restore()
  }
}

import type { EpochMs } from '../../clock.ts'
import type { JobBook } from '../state/books.ts'
import type { Change } from '../state/timeline.ts'

/** A job's cursor moves forwards. */
export class MoveCursor implements Change {
  readonly #job: JobBook
  readonly #before: EpochMs
  readonly #after: EpochMs

  constructor(job: JobBook, cursor: EpochMs) {
    this.#job = job
    this.#before = job.cursor
    this.#after = cursor
  }

  redo(): void {
    this.#job.cursor = this.#after
  }

  undo(): void {
    this.#job.cursor = this.#before
  }
}

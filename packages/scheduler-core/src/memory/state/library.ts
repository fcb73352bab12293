import { SchedulerError } from '../../errors.ts'
import type { JobBook, SchedulerBook } from './books.ts'
import { Timeline } from './timeline.ts'

/** The state of the whole backend and the timeline of its changes. */
export class Library {
  readonly timeline = new Timeline()
  readonly books = new Map<string, SchedulerBook>()
  readonly #maxEntries: number

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries
  }

  /** @throws SCHEDULER_NOT_OPEN when nobody has registered the scheduler. */
  book(scheduler: string): SchedulerBook {
    const book = this.books.get(scheduler)
    if (book === undefined) throw new SchedulerError('SCHEDULER_NOT_OPEN', { scheduler })
    return book
  }

  /** Packs the ledgers and gives back what removed rows hold, when nobody can need it. */
  compact(): void {
    if (!this.timeline.settled) return
    for (const book of this.books.values()) book.compact(this.#maxEntries)
  }
}

/** @throws JOB_NOT_FOUND when the scheduler has no such job. */
export function jobIn(book: SchedulerBook, job: string): JobBook {
  const found = book.jobs.get(job)
  if (found === undefined) throw new SchedulerError('JOB_NOT_FOUND', { job })
  return found
}

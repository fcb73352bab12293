import { initialControl } from '../control/control.ts'
import type { RegisterInput } from '../ports/store.ts'
import { SetKey } from './changes/set-key.ts'
import { JobBook, SchedulerBook } from './state/books.ts'
import type { Library } from './state/library.ts'

export function register({ books, timeline }: Library, { scheduler, jobs, now }: RegisterInput): void {
  const book = books.get(scheduler) ?? new SchedulerBook(scheduler, initialControl(now))
  if (!books.has(scheduler)) timeline.apply(new SetKey(books, scheduler, book))
  for (const { job, cursor } of jobs) {
    if (!book.jobs.has(job)) timeline.apply(new SetKey(book.jobs, job, new JobBook(job, cursor)))
  }
}

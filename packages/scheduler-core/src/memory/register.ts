import { initialControl } from '../ports/control.ts'
import type { RegisterInput } from '../ports/store.ts'
import { JobBook, SchedulerBook } from './books.ts'
import { SetKey } from './changes/set-key.ts'
import type { Library } from './library.ts'

export function register({ books, timeline }: Library, { scheduler, jobs, now }: RegisterInput): void {
  const book = books.get(scheduler) ?? new SchedulerBook(scheduler, initialControl(now))
  if (!books.has(scheduler)) timeline.apply(new SetKey(books, scheduler, book))
  for (const { job, cursor } of jobs) {
    if (!book.jobs.has(job)) timeline.apply(new SetKey(book.jobs, job, new JobBook(job, cursor)))
  }
}

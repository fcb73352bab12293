import { initialControl } from '../ports/control.ts'
import type { RegisterInput } from '../ports/store.ts'
import { JobBook, SchedulerBook } from './books.ts'
import type { Library } from './library.ts'

export function register({ books, timeline }: Library, { scheduler, jobs, now }: RegisterInput): void {
  const book = books.get(scheduler) ?? new SchedulerBook(scheduler, initialControl(now))
  if (!books.has(scheduler)) timeline.apply(adding(books, scheduler, book))
  for (const { job, cursor } of jobs) {
    if (!book.jobs.has(job)) timeline.apply(adding(book.jobs, job, new JobBook(job, cursor)))
  }
}

/** A new key of a map, as a change. */
export function adding<K, V>(map: Map<K, V>, key: K, value: V) {
  return { redo: () => void map.set(key, value), undo: () => void map.delete(key) }
}

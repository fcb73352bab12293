import type { ClaimedRun, JobChange, RecordInput } from '../ports/store.ts'
import { RUN_COUNTERS } from '../run/counters.ts'
import { type NewRun, type NewUnrunRange, NO_ITEMS, type Run, type UnrunRange } from '../run/ledger-entry.ts'
import { tallyUnrun } from '../run/tally-entry.ts'
import type { JobBook, SchedulerBook } from './books.ts'
import { jobIn, type Library } from './library.ts'
import { replacing } from './replacing.ts'
import { toAmounts } from './tallies.ts'
import type { Change, Timeline } from './timeline.ts'

export function record(library: Library, { scheduler, changes }: RecordInput): readonly ClaimedRun[] {
  const book = library.book(scheduler)
  const claimed: ClaimedRun[] = []
  for (const change of changes) recordJob({ book, timeline: library.timeline, claimed }, change)
  return claimed
}

interface Recording {
  readonly book: SchedulerBook
  readonly timeline: Timeline
  readonly claimed: ClaimedRun[]
}

function recordJob({ book, timeline, claimed }: Recording, { job: name, ...change }: JobChange): void {
  const job = jobIn(book, name)
  if (change.cursor > job.cursor) timeline.apply(moving(job, change.cursor))
  for (const range of change.unrun) {
    if (book.ledger.find(range.id) === undefined) timeline.apply(unrunning(book, job, range))
  }
  for (const run of change.claims) {
    if (isTaken(book, job, run)) continue
    timeline.apply(claiming(book, job, run))
    claimed.push({ ...run, fence: FIRST_FENCE })
  }
  for (const id of change.cancel) {
    const row = job.running.get(id)
    if (row) timeline.apply(replacing(row, { ...row.entry, cancelRequested: true }))
  }
}

const FIRST_FENCE = 1

function isTaken(book: SchedulerBook, job: JobBook, { id, trigger, scheduledFor }: NewRun): boolean {
  if (trigger === 'schedule' && scheduledFor !== null && job.claimedDueTimes.has(scheduledFor)) return true
  return book.ledger.find(id) !== undefined
}

function moving(job: JobBook, cursor: number): Change {
  const before = job.cursor
  return {
    redo() {
      job.cursor = cursor
    },
    undo() {
      job.cursor = before
    },
  }
}

function unrunning({ name, ledger }: SchedulerBook, { tallies }: JobBook, range: NewUnrunRange): Change {
  const entry: UnrunRange = { kind: 'unrun', scheduler: name, ...range }
  const row = ledger.newRow(entry, toAmounts(RUN_COUNTERS, tallyUnrun(range)))
  return {
    redo() {
      ledger.append(row)
      ledger.index(row)
      tallies.add(range.settledAt, row.amounts)
    },
    undo() {
      tallies.remove(range.settledAt, row.amounts)
      ledger.unindex(row)
      ledger.unappend(row)
    },
  }
}

function claiming({ name, ledger }: SchedulerBook, job: JobBook, run: NewRun): Change {
  const row = ledger.newRow(toRun(name, run))
  const dueTime = run.trigger === 'schedule' ? run.scheduledFor : null
  return {
    redo() {
      ledger.append(row)
      job.running.set(run.id, row)
      if (dueTime !== null) job.claimedDueTimes.add(dueTime)
    },
    undo() {
      if (dueTime !== null) job.claimedDueTimes.delete(dueTime)
      job.running.delete(run.id)
      ledger.unappend(row)
    },
  }
}

function toRun(scheduler: string, run: NewRun): Run {
  return {
    kind: 'run',
    id: run.id,
    scheduler,
    job: run.job,
    trigger: run.trigger,
    scheduledFor: run.scheduledFor,
    state: 'running',
    attempt: run.attempt,
    fence: FIRST_FENCE,
    owner: run.owner,
    startedAt: run.startedAt,
    leaseUntil: run.leaseUntil,
    cancelRequested: false,
    settledAt: null,
    latenessMs: run.latenessMs,
    durationMs: null,
    items: NO_ITEMS,
    calls: [],
    error: null,
  }
}

import type { RunId } from '../ids.ts'
import type { ClaimedRun, RecordInput } from '../ports/store.ts'
import { type NewRun, type NewUnrunRange, NO_ITEMS, type Run } from '../run/ledger-entry.ts'
import { AddUnrun } from './changes/add-unrun.ts'
import { ClaimRun } from './changes/claim-run.ts'
import { MoveCursor } from './changes/move-cursor.ts'
import { ReplaceRun } from './changes/replace-run.ts'
import { SetKey } from './changes/set-key.ts'
import type { JobBook, SchedulerBook } from './state/books.ts'
import { dueTimeOf } from './state/due-times.ts'
import { isRunning } from './state/ledger.ts'
import { jobIn, type Library } from './state/library.ts'
import type { Timeline } from './state/timeline.ts'

export function record(library: Library, { scheduler, changes, receipt }: RecordInput): readonly ClaimedRun[] {
  const { timeline } = library
  const book = library.book(scheduler)
  const claimed: ClaimedRun[] = []
  for (const change of changes) {
    const job = jobIn(book, change.job)
    if (change.cursor !== null && change.cursor > job.cursor) timeline.apply(new MoveCursor(job, change.cursor))
    const recording = { book, timeline, job, claimed }
    for (const range of change.unrun) addUnrun(recording, range)
    for (const run of change.claims) claim(recording, run)
    for (const id of change.cancel) cancel(recording, id)
  }
  if (receipt && !book.receipts.has(receipt.id)) timeline.apply(new SetKey(book.receipts, receipt.id, receipt))
  return claimed
}

interface Recording {
  readonly book: SchedulerBook
  readonly timeline: Timeline
  readonly job: JobBook
  readonly claimed: ClaimedRun[]
}

function addUnrun({ book: { name, ledger }, timeline, job }: Recording, range: NewUnrunRange): void {
  if (ledger.find(range.id) !== undefined) return
  timeline.apply(new AddUnrun(ledger, job, { kind: 'unrun', scheduler: name, ...range }))
}

function claim({ book, timeline, job, claimed }: Recording, run: NewRun): void {
  const dueTime = dueTimeOf(run)
  if (dueTime !== null && job.claimedDueTimes.has(dueTime)) return
  if (book.ledger.find(run.id) !== undefined) return
  timeline.apply(new ClaimRun(book.ledger, job, toRun(book.name, run)))
  claimed.push({ ...run, fence: FIRST_FENCE })
}

function cancel({ book, timeline }: Recording, id: RunId): void {
  const row = book.ledger.find(id)
  if (isRunning(row)) timeline.apply(new ReplaceRun(row, { ...row.entry, cancelRequested: true }))
}

const FIRST_FENCE = 1

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
    calls: NO_CALLS,
    progress: null,
    error: null,
  }
}

const NO_CALLS: readonly never[] = Object.freeze([])

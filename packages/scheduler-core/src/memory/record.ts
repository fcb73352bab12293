import type { RunId } from '../ids.ts'
import type { ClaimedRun, RecordInput } from '../ports/store.ts'
import { type NewRun, type NewUnrunRange, NO_ITEMS, type Run } from '../run/ledger-entry.ts'
import { AddUnrun } from './changes/add-unrun.ts'
import { ClaimRun } from './changes/claim-run.ts'
import { MoveCursor } from './changes/move-cursor.ts'
import { ReplaceRun } from './changes/replace-run.ts'
import { SetKey } from './changes/set-key.ts'
import { dueTimeOf } from './state/due-times.ts'
import { isRunning } from './state/ledger.ts'
import { jobIn, type MemoryDatabase } from './state/memory-database.ts'
import type { JobData, SchedulerData } from './state/scheduler-data.ts'
import type { UndoLog } from './state/undo-log.ts'

export function record(database: MemoryDatabase, { scheduler, changes, receipt }: RecordInput): readonly ClaimedRun[] {
  const { undoLog } = database
  const data = database.scheduler(scheduler)
  const claimed: ClaimedRun[] = []
  for (const change of changes) {
    const job = jobIn(data, change.job)
    if (change.cursor !== null && change.cursor > job.cursor) undoLog.apply(new MoveCursor(job, change.cursor))
    const recording = { data, undoLog, job, claimed }
    for (const range of change.unrun) addUnrun(recording, range)
    for (const run of change.claims) claim(recording, run)
    for (const id of change.cancel) cancel(recording, id)
  }
  if (receipt && !data.receipts.has(receipt.id)) undoLog.apply(new SetKey(data.receipts, receipt.id, receipt))
  return claimed
}

interface Recording {
  readonly data: SchedulerData
  readonly undoLog: UndoLog
  readonly job: JobData
  readonly claimed: ClaimedRun[]
}

function addUnrun({ data: { name, ledger }, undoLog, job }: Recording, range: NewUnrunRange): void {
  if (ledger.find(range.id) !== undefined) return
  undoLog.apply(new AddUnrun(ledger, job, { kind: 'unrun', scheduler: name, ...range }))
}

function claim({ data, undoLog, job, claimed }: Recording, run: NewRun): void {
  const dueTime = dueTimeOf(run)
  if (dueTime !== null && job.claimedDueTimes.has(dueTime)) return
  if (data.ledger.find(run.id) !== undefined) return
  undoLog.apply(new ClaimRun(data.ledger, job, toRun(data.name, run)))
  claimed.push({ ...run, fence: FIRST_FENCE })
}

function cancel({ data, undoLog }: Recording, id: RunId): void {
  const row = data.ledger.find(id)
  if (isRunning(row)) undoLog.apply(new ReplaceRun(row, { ...row.entry, cancelRequested: true }))
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

import type { EpochMs } from '../clock.ts'
import type { RunId } from '../ids.ts'
import type { ClaimedRun, JobChange, RecordInput } from '../ports/job-changes.ts'
import type { NewRun, NewUnrunRange, Run } from '../run/ledger-entry.ts'
import { AddUnrun } from './changes/add-unrun.ts'
import { AdvanceCursors } from './changes/advance-cursors.ts'
import { ClaimRuns } from './changes/claim-runs.ts'
import { MoveCursor } from './changes/move-cursor.ts'
import { ReplaceRun } from './changes/replace-run.ts'
import { SetKey } from './changes/set-key.ts'
import type { JobData } from './state/job-data.ts'
import { jobIn, type MemoryDatabase } from './state/memory-database.ts'
import { isUnderWay } from './state/row.ts'
import { claimIn } from './state/run-row.ts'
import type { SchedulerData } from './state/scheduler-data.ts'
import type { UndoLog } from './state/undo-log.ts'

export function record(database: MemoryDatabase, { scheduler, changes, receipt }: RecordInput): readonly ClaimedRun[] {
  const { undoLog } = database
  const data = database.scheduler(scheduler)
  const recording = { data, undoLog, claims: new ClaimRuns(data.ledger, changes.length), claimed: [], unrun: new Map() }
  undoLog.apply(recording.claims)
  const jobs = changes.map((change) => {
    const job = jobIn(data, change.job)
    if (change.unrun.length > 0) for (const range of change.unrun) addUnrun(recording, job, range)
    for (let index = 0; index < change.claims.length; index++) claim(recording, job, change.claims[index] as NewRun)
    if (change.cancel.length > 0) for (const id of change.cancel) cancel(recording, id)
    return job
  })
  // Last, because due times are compared with the cursor from before the call.
  undoLog.apply(new AdvanceCursors(jobs, changes))
  for (let index = 0; index < changes.length; index++) {
    if (changes[index]?.isReturn) returnCursor(undoLog, jobs[index], changes[index])
  }
  if (receipt && !data.receipts.has(receipt.id)) undoLog.apply(new SetKey(data.receipts, receipt.id, receipt))
  return recording.claimed
}

interface Recording {
  readonly data: SchedulerData
  readonly undoLog: UndoLog
  readonly claims: ClaimRuns
  readonly claimed: ClaimedRun[]
  /** The first due times of the ranges that this call has added. */
  readonly unrun: Map<JobData, Set<EpochMs>>
}

function addUnrun({ data, undoLog, unrun }: Recording, job: JobData, range: NewUnrunRange): void {
  const { id, scheduledFor } = range
  const added = unrun.get(job)
  if (isAccounted(job, scheduledFor) || added?.has(scheduledFor) || isRecorded(data, job, id, scheduledFor)) return
  undoLog.apply(new AddUnrun(data.ledger, job, { kind: 'unrun', scheduler: data.name, ...range }))
  unrun.set(job, (added ?? new Set()).add(scheduledFor))
  if (range.through > job.reached) job.reached = range.through
}

function claim({ data, claims, claimed, unrun }: Recording, job: JobData, run: NewRun): void {
  const dueTime = dueTimeOf(run)
  if (dueTime === null) {
    if (data.ledger.has(run.id)) return
  } else {
    if (isAccounted(job, dueTime) || isRecorded(data, job, run.id, dueTime)) return
    if (unrun.size > 0 && unrun.get(job)?.has(dueTime)) return
    if (dueTime > job.reached) job.reached = dueTime
  }
  const row = data.ledger.newRun(run)
  claims.add(job, row)
  claimed.push(claimIn(row, run))
}

function cancel({ data, undoLog }: Recording, id: RunId): void {
  const row = data.ledger.find(id)
  if (isUnderWay(row)) undoLog.apply(new ReplaceRun(row, { ...row.open, cancelRequested: true }))
}

/** Whether the cursor or a run under way accounts for a due time. The cursor does even after its entry was deleted. */
function isAccounted(job: JobData, dueTime: EpochMs): boolean {
  if (dueTime <= job.cursor) return true
  for (let row = job.oldest; row !== null; row = row.next) if (dueTimeOf(row) === dueTime) return true
  return false
}

/** Whether the ledger has an entry of a due time by its id. Settled ones are asked for where a cursor was moved back. */
function isRecorded({ ledger }: SchedulerData, job: JobData, id: RunId, dueTime: EpochMs): boolean {
  return dueTime > job.reached ? ledger.isOpen(id) : ledger.has(id)
}

/** Only a scheduled run accounts for its due time. */
function dueTimeOf({ trigger, scheduledFor }: Pick<Run, 'trigger' | 'scheduledFor'>): EpochMs | null {
  return trigger === 'schedule' ? scheduledFor : null
}

function returnCursor(undoLog: UndoLog, job: JobData | undefined, change: JobChange | undefined): void {
  if (!job || !change || change.cursor === null || change.cursor >= job.cursor) return
  undoLog.apply(new MoveCursor(job, change.cursor, change.wall ?? null))
}

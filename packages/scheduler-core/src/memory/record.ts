import type { EpochMs } from '../clock.ts'
import type { RunId } from '../ids.ts'
import type { ClaimedRun, RecordInput } from '../ports/job-changes.ts'
import { type NewRun, type NewUnrunRange, NO_ITEMS, type Run } from '../run/ledger-entry.ts'
import { AddUnrun } from './changes/add-unrun.ts'
import { ClaimRun } from './changes/claim-run.ts'
import { MoveCursor } from './changes/move-cursor.ts'
import { ReplaceRun } from './changes/replace-run.ts'
import { SetKey } from './changes/set-key.ts'
import { isRunning } from './state/ledger.ts'
import { jobIn, type MemoryDatabase } from './state/memory-database.ts'
import type { JobData, SchedulerData } from './state/scheduler-data.ts'
import type { UndoLog } from './state/undo-log.ts'

export function record(database: MemoryDatabase, { scheduler, changes, receipt }: RecordInput): readonly ClaimedRun[] {
  const { undoLog } = database
  const data = database.scheduler(scheduler)
  const claimed: ClaimedRun[] = []
  const unrun = new Map<JobData, Set<EpochMs>>()
  for (const change of changes) {
    const recording = { data, undoLog, job: jobIn(data, change.job), claimed, unrun }
    for (const range of change.unrun) addUnrun(recording, range)
    for (const run of change.claims) claim(recording, run)
    for (const id of change.cancel) cancel(recording, id)
  }
  // Last, because due times are compared with the cursor from before the call.
  for (const { job: name, cursor, isReturn = false, wall = null } of changes) {
    const job = jobIn(data, name)
    if (cursor !== null && (isReturn || cursor > job.cursor)) undoLog.apply(new MoveCursor(job, cursor, wall))
  }
  if (receipt && !data.receipts.has(receipt.id)) undoLog.apply(new SetKey(data.receipts, receipt.id, receipt))
  return claimed
}

interface Recording {
  readonly data: SchedulerData
  readonly undoLog: UndoLog
  readonly job: JobData
  readonly claimed: ClaimedRun[]
  /** The first due times of the ranges that this call has added. */
  readonly unrun: Map<JobData, Set<EpochMs>>
}

function addUnrun(recording: Recording, range: NewUnrunRange): void {
  const { data, undoLog, job, unrun } = recording
  const { id, scheduledFor } = range
  if (isRefused(recording, { id, dueTime: scheduledFor })) return
  undoLog.apply(new AddUnrun(data.ledger, job, { kind: 'unrun', scheduler: data.name, ...range }))
  unrun.set(job, (unrun.get(job) ?? new Set()).add(scheduledFor))
}

function claim(recording: Recording, run: NewRun): void {
  const { data, undoLog, job, claimed } = recording
  if (isRefused(recording, { id: run.id, dueTime: dueTimeOf(run) })) return
  undoLog.apply(new ClaimRun(data.ledger, job, toRun(data.name, run)))
  claimed.push({ ...run, fence: FIRST_FENCE })
}

function cancel({ data, undoLog }: Recording, id: RunId): void {
  const row = data.ledger.find(id)
  if (isRunning(row)) undoLog.apply(new ReplaceRun(row, { ...row.entry, cancelRequested: true }))
}

interface Identity {
  readonly id: RunId
  /** The due time that the entry accounts for, if any. */
  readonly dueTime: EpochMs | null
}

/** Whether the ledger has, or had, an entry for the same. The cursor says so even of entries that were deleted. */
function isRefused({ data, job, unrun }: Recording, { id, dueTime }: Identity): boolean {
  if (dueTime !== null) {
    if (dueTime <= job.cursor || unrun.get(job)?.has(dueTime)) return true
    if (job.running.some(({ entry }) => dueTimeOf(entry) === dueTime)) return true
  }
  return data.ledger.find(id) !== undefined
}

/** Only a scheduled run accounts for its due time. */
function dueTimeOf({ trigger, scheduledFor }: Pick<Run, 'trigger' | 'scheduledFor'>): EpochMs | null {
  return trigger === 'schedule' ? scheduledFor : null
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
    earlierAttempts: run.earlierAttempts ?? 0,
    fence: FIRST_FENCE,
    owner: run.owner,
    startedAt: run.startedAt,
    leaseUntil: run.leaseUntil,
    nextAttemptAt: run.nextAttemptAt ?? null,
    releasedAt: run.releasedAt ?? null,
    spentMs: 0,
    cancelRequested: false,
    settledAt: null,
    latenessMs: run.latenessMs,
    durationMs: null,
    items: NO_ITEMS,
    calls: NO_CALLS,
    progress: null,
    error: null,
    ...(run.pastAttempts && { pastAttempts: run.pastAttempts }),
    input: run.input ?? null,
  }
}

const NO_CALLS: readonly never[] = Object.freeze([])

import {
  type JobLedger,
  type LockedJobs,
  type LockJobsInput,
  OPEN_RUN_STATES,
  RUN_TRIGGERS,
  type RunningRun,
} from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { integer, integerOrNull, type Row, text, word } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { selectControl } from '../sql/select-control.ts'
import { selectRunning } from '../sql/select-running.ts'
import { registered, toControl } from './control.ts'
import { toCursorWall } from './cursor-wall.ts'
import { inputOf, instanceId, runId } from './ledger-rows.ts'
import { createLockJobRows } from './lock-job-rows.ts'
import { createReadReceipt } from './receipts.ts'
import { salvage } from './salvage.ts'
import { statement } from './statement.ts'

export function createLockJobs(names: Names) {
  const shareControl = statement('lockJobs', selectControl(names, 'share'))
  const takeControl = statement('lockJobs', selectControl(names, 'update'))
  const lockRows = createLockJobRows(names, 'lockJobs')
  const readReceipt = createReadReceipt(names)
  const readRunning = statement('lockJobs', selectRunning(names))

  return async (session: EntityManager, input: LockJobsInput): Promise<LockedJobs> => {
    const { scheduler, jobs, forCommand = false, waitMs } = input
    const lockControl = forCommand ? takeControl : shareControl
    const control = toControl(registered(scheduler, (await lockControl(session, scheduler))[0]))
    const receipt = await readReceipt(session, scheduler, input.receipt)
    if (jobs.length === 0) return { control, jobs: [], receipt }
    const { rows, locked } = await lockRows(session, { scheduler, jobs, waitMs })
    const running = salvage(await readRunning(session, scheduler, jobs), (row) => ({
      of: text(row, 'job'),
      run: toRunningRun(row),
    }))
    const runs = new Map<string, RunningRun[]>()
    for (const { of, run } of running.read) runs.set(of, [...(runs.get(of) ?? []), run])
    // When a running run of a job cannot be read, the job is left out: a decision would count too few running runs.
    const spoilt = new Set(running.unreadable.map(({ row }) => text(row, 'job')))
    const whole = rows.filter((row) => !spoilt.has(text(row, 'job')))
    const ledgers = salvage(whole, (row) => toJobLedger(row, runs))
    const unreadable = [...running.unreadable, ...ledgers.unreadable].map(({ row, error }) => ({
      job: text(row, 'job'),
      error,
    }))
    return {
      control,
      jobs: ledgers.read,
      receipt,
      ...(unreadable.length > 0 && { unreadable }),
      ...(locked.length > 0 && { locked }),
    }
  }
}

function toJobLedger(row: Row, runs: ReadonlyMap<string, readonly RunningRun[]>): JobLedger {
  const job = text(row, 'job')
  return {
    job,
    cursor: integer(row, 'cursor'),
    since: integer(row, 'since'),
    wall: toCursorWall(row),
    running: runs.get(job) ?? [],
  }
}

function toRunningRun(row: Row): RunningRun {
  return {
    id: runId(row),
    state: word(row, 'state', OPEN_RUN_STATES),
    owner: instanceId(row),
    fence: integer(row, 'fence'),
    attempt: integer(row, 'attempt'),
    earlierAttempts: integer(row, 'earlier_attempts'),
    trigger: word(row, 'trigger', RUN_TRIGGERS),
    scheduledFor: integerOrNull(row, 'scheduled_for'),
    startedAt: integer(row, 'started_at'),
    leaseUntil: integer(row, 'lease_until'),
    releasedAt: integerOrNull(row, 'released_at'),
    latenessMs: integerOrNull(row, 'lateness_ms'),
    input: inputOf(row),
  }
}

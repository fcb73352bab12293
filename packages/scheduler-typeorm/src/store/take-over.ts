import type { Run } from '@pm/scheduler-core'
import {
  type HandOverInput,
  NO_ITEMS,
  RUN_TRIGGERS,
  type TakenOver,
  type TakeOverInput,
} from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { flag, integer, integerOrNull, json, type Row, text, textOrNull, word } from '../query.ts'
import { handOverAgain } from '../sql/hand-over-again.ts'
import type { Names } from '../sql/names.ts'
import { selectQueued, takeOverRuns } from '../sql/take-over-runs.ts'
import { inputOf, runId, toRun } from './ledger-rows.ts'
import { readPastAttempts } from './past-attempts.ts'
import { salvage } from './salvage.ts'
import { statement } from './statement.ts'

/** One statement where every run is taken. Those that are not are looked for in another. */
export function createTakeOver(names: Names) {
  const begin = statement('takeOver', takeOverRuns(names))
  const findQueued = statement('takeOver', selectQueued(names))

  return async (session: EntityManager, input: TakeOverInput): Promise<TakenOver> => {
    const { scheduler, jobs, owner, now, leaseUntil } = input
    const ids = [...new Set(input.ids)]
    if (ids.length === 0) return { runs: [], left: [] }
    const rows = await begin(session, scheduler, ids, jobs, owner, now, leaseUntil)
    const taken = salvage(rows, (row) => toTakenRun(row, input))
    const runs = new Map<string, Run>(taken.read.map((run) => [run.id, run]))
    const began = new Set<string>(rows.map((row) => runId(row)))
    const others = ids.filter((id) => !began.has(id))
    const queued = others.length === 0 ? [] : await findQueued(session, scheduler, others)
    const left = new Set<string>(queued.map((row) => runId(row)))
    return { runs: ids.flatMap((id) => runs.get(id) ?? []), left: others.filter((id) => left.has(id)) }
  }
}

export function createHandOverAgain(names: Names) {
  const find = statement('handOverAgain', handOverAgain(names))

  return async (session: EntityManager, input: HandOverInput): Promise<readonly Run[]> => {
    const { scheduler, now, limit, jobs, leaseUntil } = input
    return salvage(await find(session, scheduler, now, limit, jobs, leaseUntil), toRun).read
  }
}

/** No attempt of a queued run has begun, so most of what a run has is nothing yet. */
function toTakenRun(row: Row, { scheduler, owner, now, leaseUntil }: TakeOverInput): Run {
  const pastAttempts = textOrNull(row, 'past_attempts') && readPastAttempts(json(row, 'past_attempts'))
  return {
    kind: 'run',
    id: runId(row),
    scheduler,
    job: text(row, 'job'),
    trigger: word(row, 'trigger', RUN_TRIGGERS),
    scheduledFor: integerOrNull(row, 'scheduled_for'),
    state: 'running',
    attempt: integer(row, 'attempt'),
    earlierAttempts: integer(row, 'earlier_attempts'),
    fence: integer(row, 'fence'),
    owner,
    startedAt: now,
    leaseUntil,
    queuedAt: integerOrNull(row, 'queued_at'),
    queueWaitMs: integerOrNull(row, 'queue_wait_ms'),
    ...NOTHING_YET,
    cancelRequested: flag(row, 'cancel_requested'),
    latenessMs: integerOrNull(row, 'lateness_ms'),
    ...(pastAttempts && { pastAttempts }),
    input: inputOf(row),
  }
}

const NOTHING_YET = {
  nextAttemptAt: null,
  releasedAt: null,
  spentMs: 0,
  settledAt: null,
  durationMs: null,
  items: NO_ITEMS,
  calls: [],
  progress: null,
  error: null,
} as const

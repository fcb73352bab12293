import {
  addTallies,
  type ClaimedRun,
  type JobChange,
  type NewRun,
  type NewUnrunRange,
  type RecordInput,
  RUN_FACTS,
  type RunTally,
  tallyUnrun,
  unmetByRange,
} from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { json, type Row, textOrNull } from '../query.ts'
import { CLAIM_SHAPE, CURSOR_SHAPE, claimRuns, moveOnlyCursors, withdrawClaims } from '../sql/claim-runs.ts'
import { insertUnrun, UNRUN_SHAPE } from '../sql/insert-unrun.ts'
import type { Names } from '../sql/names.ts'
import { requestCancel } from '../sql/request-cancel.ts'
import { type Cells, columnsOf, type RowOf, toColumns } from '../sql/rowset.ts'
import { selectSettledIds } from '../sql/select-outcomes.ts'
import { createAppendRunDeltas } from './append-deltas.ts'
import type { StatOutcome } from './job-stats.ts'
import { runId } from './ledger-rows.ts'
import { pastAttemptsJson } from './past-attempts.ts'
import { createKeepReceipt } from './receipts.ts'
import { statement } from './statement.ts'
import { tallyRows } from './tally-batch.ts'

/** The fence of a new run. An instance that takes a run over would increase it. */
const FIRST_FENCE = 1

/**
 * Writes decisions. The caller has locked the jobs: a due time is refused by the cursor that its job had before this
 * call, which is why the cursors move last or in the same statement.
 */
export function createRecord(names: Names) {
  const move = statement('record', moveOnlyCursors(names))
  const claim = statement('record', claimRuns(names))
  const keepUnrun = statement('record', insertUnrun(names))
  const cancel = statement('record', requestCancel(names))
  const findSettled = statement('record', selectSettledIds(names))
  const withdraw = statement('record', withdrawClaims(names))
  const keepReceipt = createKeepReceipt(names)
  const appendDeltas = createAppendRunDeltas(names, 'record')

  return async (
    session: EntityManager,
    { scheduler, changes, receipt }: RecordInput,
  ): Promise<readonly ClaimedRun[]> => {
    if (receipt) await keepReceipt(session, scheduler, receipt)
    const entries = unique(changes.flatMap(({ unrun, claims }) => [...unrun, ...claims]))
    const unrun = entries.filter(isUnrun)
    if (unrun.length > 0) await recordUnrun(session, scheduler, unrun)
    const claims = entries.filter(isRun)
    const cursors = toColumns(CURSOR_SHAPE, latestCursors(changes))
    let claimed: readonly NewRun[] = claims
    if (claims.length > 0) {
      const rows = columnsOf(CLAIM_SHAPE, CLAIM_CELLS, claims)
      claimed = accepted(claims, await claim(session, scheduler, FIRST_FENCE, ...rows, ...cursors))
      claimed = await withdrawSettled(session, claimed)
    } else if (cursors[0] !== NO_ROWS) await move(session, scheduler, ...cursors)
    const cancelled = changes.flatMap((change) => change.cancel)
    if (cancelled.length > 0) await cancel(session, scheduler, cancelled)
    return claimed.map((each) => ({ ...each, fence: FIRST_FENCE }))
  }

  /**
   * A due time that has settled is refused by the cursor, another run by its id. Looks after the run was claimed: its
   * namesake may have settled while the claim waited for its row.
   */
  async function withdrawSettled(session: EntityManager, claimed: readonly NewRun[]): Promise<readonly NewRun[]> {
    const ids = claimed.flatMap(({ id, trigger }) => (trigger === 'schedule' ? [] : [id]))
    if (ids.length === 0) return claimed
    const settled = new Set<string>((await findSettled(session, ids)).map((row) => runId(row)))
    if (settled.size === 0) return claimed
    await withdraw(session, [...settled])
    return claimed.filter(({ id }) => !settled.has(id))
  }

  async function recordUnrun(session: EntityManager, scheduler: string, ranges: readonly NewUnrunRange[]) {
    const rows = await keepUnrun(session, scheduler, ...columnsOf(UNRUN_SHAPE, UNRUN_CELLS, ranges))
    const kept = new Set<string>(rows.map((row) => runId(row)))
    const recorded = ranges.filter(({ id }) => kept.has(id))
    const contributions = recorded.map((range) => ({
      name: range.job,
      settledAt: range.settledAt,
      of: tallyUnrun(range),
    }))
    const sum = (tallies: readonly RunTally[]) => addTallies(RUN_FACTS, tallies)
    await appendDeltas(session, {
      scheduler,
      rows: tallyRows(contributions, sum),
      outcomes: recorded.map(toUnrunOutcome),
    })
  }
}

function toUnrunOutcome(range: NewUnrunRange): StatOutcome {
  return { job: range.job, state: range.state, settledAt: range.settledAt, errorCode: null, unmet: unmetByRange(range) }
}

function accepted(claims: readonly NewRun[], [row]: readonly Row[]): readonly NewRun[] {
  if (row === undefined || textOrNull(row, 'ids') === null) return claims
  const ids = json(row, 'ids')
  return Array.isArray(ids) ? claims.filter(({ id }) => ids.includes(id)) : []
}

/** An array parameter without elements. */
const NO_ROWS = '{}'

/** The latest cursor of each job whose cursor moves. Several changes may name the same job. */
function latestCursors(changes: readonly JobChange[]) {
  const cursors = new Map<string, RowOf<typeof CURSOR_SHAPE> & { readonly cursor: number }>()
  for (const { job, cursor, isReturn = false, wall } of changes) {
    if (cursor === null || cursor <= (cursors.get(job)?.cursor ?? -Infinity)) continue
    const local = { zone: wall?.timezone ?? null, wall: wall?.reached ?? null }
    cursors.set(job, { job, cursor, is_return: isReturn ? 1 : null, ...local })
  }
  return [...cursors.values()]
}

const UNRUN_CELLS: Cells<typeof UNRUN_SHAPE, NewUnrunRange> = {
  id: ({ id }) => id,
  job: ({ job }) => job,
  state: ({ state }) => state,
  reason: ({ reason }) => reason,
  scheduled_for: ({ scheduledFor }) => scheduledFor,
  through: ({ through }) => through,
  due_count: ({ dueCount }) => dueCount,
  settled_at: ({ settledAt }) => settledAt,
}

const CLAIM_CELLS: Cells<typeof CLAIM_SHAPE, NewRun> = {
  id: ({ id }) => id,
  job: ({ job }) => job,
  trigger: ({ trigger }) => trigger,
  scheduled_for: ({ scheduledFor }) => scheduledFor,
  attempt: ({ attempt }) => attempt,
  owner: ({ owner }) => owner,
  started_at: ({ startedAt }) => startedAt,
  lease_until: ({ leaseUntil }) => leaseUntil,
  lateness_ms: ({ latenessMs }) => latenessMs,
  earlier_attempts: ({ earlierAttempts }) => earlierAttempts ?? null,
  past_attempts: ({ pastAttempts }) => pastAttemptsJson(pastAttempts),
  next_attempt_at: ({ nextAttemptAt }) => nextAttemptAt ?? null,
  released_at: ({ releasedAt }) => releasedAt ?? null,
  queued_at: ({ queuedAt }) => queuedAt ?? null,
  input: ({ input }) => (input == null ? null : JSON.stringify(input)),
}

/** The first entry of each id and of each due time of a job: a later one would be the same again. */
function unique(entries: readonly (NewRun | NewUnrunRange)[]): (NewRun | NewUnrunRange)[] {
  const seen = new Set<string>()
  return entries.filter((entry) => {
    const isDue = !isRun(entry) || entry.trigger === 'schedule'
    const keys = isDue ? [entry.id, `${entry.scheduledFor} ${entry.job}`] : [entry.id]
    if (keys.some((key) => seen.has(key))) return false
    for (const key of keys) seen.add(key)
    return true
  })
}

function isRun(entry: NewRun | NewUnrunRange): entry is NewRun {
  return 'trigger' in entry
}

function isUnrun(entry: NewRun | NewUnrunRange): entry is NewUnrunRange {
  return !isRun(entry)
}

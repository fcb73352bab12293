import {
  type ClaimedRun,
  type JobChange,
  type NewRun,
  type NewUnrunRange,
  type RecordInput,
  tallyUnrun,
} from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { integerOrNull } from '../query.ts'
import { ENTRY_SHAPE, insertEntries } from '../sql/insert-entries.ts'
import { CURSOR_SHAPE, moveCursors } from '../sql/move-cursors.ts'
import type { Names } from '../sql/names.ts'
import { requestCancel } from '../sql/request-cancel.ts'
import { type RowOf, toColumns } from '../sql/rowset.ts'
import { createAddRunTallies } from './add-tallies.ts'
import { runId } from './ledger-rows.ts'
import { createKeepReceipt } from './receipts.ts'
import { statement } from './statement.ts'

/** The fence of a new run. An instance that takes a run over would increase it. */
const FIRST_FENCE = 1

export function createRecord(names: Names) {
  const move = statement('record', moveCursors(names))
  const insert = statement('record', insertEntries(names))
  const cancel = statement('record', requestCancel(names))
  const keepReceipt = createKeepReceipt(names)
  const addRunTallies = createAddRunTallies(names, 'record')

  return async (
    session: EntityManager,
    { scheduler, changes, receipt }: RecordInput,
  ): Promise<readonly ClaimedRun[]> => {
    if (receipt) await keepReceipt(session, scheduler, receipt)
    const cursors = latestCursors(changes)
    if (cursors.length > 0) await move(session, scheduler, ...toColumns(CURSOR_SHAPE, cursors))
    const claims = changes.flatMap((change) => change.claims)
    const unrun = changes.flatMap((change) => change.unrun)
    const cancelled = changes.flatMap((change) => change.cancel)
    const fences = new Map<string, number | null>()
    if (claims.length + unrun.length > 0) {
      const entries = [...unrun.map(unrunEntry), ...claims.map(runEntry)]
      const inserted = await insert(session, scheduler, ...toColumns(ENTRY_SHAPE, entries))
      for (const row of inserted) fences.set(runId(row), integerOrNull(row, 'fence'))
    }
    if (cancelled.length > 0) await cancel(session, scheduler, cancelled)
    const contributions = unique(unrun.filter(({ id }) => fences.has(id))).map((range) => ({
      name: range.job,
      settledAt: range.settledAt,
      tally: tallyUnrun(range),
    }))
    await addRunTallies(session, { scheduler, contributions })
    return unique(claims).flatMap((claim) => {
      const fence = fences.get(claim.id)
      return typeof fence === 'number' ? [{ ...claim, fence }] : []
    })
  }
}

/** The latest cursor of each job whose cursor moves. Several changes may name the same job. */
function latestCursors(changes: readonly JobChange[]): { job: string; cursor: number }[] {
  const cursors = new Map<string, number>()
  for (const { job, cursor } of changes) {
    if (cursor !== null) cursors.set(job, Math.max(cursors.get(job) ?? cursor, cursor))
  }
  return [...cursors].map(([job, cursor]) => ({ job, cursor }))
}

type EntryRow = RowOf<typeof ENTRY_SHAPE>

function unrunEntry({ id, job, state, reason, scheduledFor, through, dueCount, settledAt }: NewUnrunRange): EntryRow {
  const due = { scheduled_for: scheduledFor, through, due_count: dueCount, reason, settled_at: settledAt }
  return { ...NOTHING, id, job, kind: 'unrun', state, trigger: 'schedule', ...due }
}

function runEntry(claim: NewRun): EntryRow {
  const { id, job, trigger, scheduledFor, attempt, owner, startedAt, leaseUntil, latenessMs } = claim
  const due = { trigger, scheduled_for: scheduledFor, lateness_ms: latenessMs }
  const ownership = { attempt, fence: FIRST_FENCE, owner, started_at: startedAt, lease_until: leaseUntil }
  return { ...NOTHING, id, job, kind: 'run', state: 'running', ...due, ...ownership }
}

const NOTHING = {
  reason: null,
  scheduled_for: null,
  through: null,
  due_count: null,
  attempt: null,
  fence: null,
  owner: null,
  started_at: null,
  lease_until: null,
  settled_at: null,
  lateness_ms: null,
}

/** The first entry of each id, which is the one that was inserted. */
function unique<T extends { readonly id: string }>(entries: readonly T[]): T[] {
  const seen = new Set<string>()
  return entries.filter(({ id }) => !seen.has(id) && seen.add(id))
}

import {
  CALL_FACTS,
  type CallCounter,
  type CallMeasure,
  RUN_FACTS,
  type RunCounter,
  type RunMeasure,
} from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import type { Names } from '../sql/names.ts'
import { toColumns } from '../sql/rowset.ts'
import { toTallyRow } from '../sql/tally-columns.ts'
import { CALL_TALLY_SHAPE, upsertCallTallies } from '../sql/upsert-call-tallies.ts'
import { RUN_TALLY_SHAPE, upsertRunTallies } from '../sql/upsert-run-tallies.ts'
import { statement } from './statement.ts'
import { type Contribution, tallyRows } from './tally-batch.ts'

export interface AddTalliesInput<C extends string, M extends string> {
  readonly scheduler: string
  readonly contributions: readonly Contribution<C, M>[]
}

/** Adds outcomes of runs and due times to the lifetime totals and buckets of their jobs. */
export function createAddRunTallies(names: Names, operation: string) {
  const upsert = statement(operation, upsertRunTallies(names))
  return async (
    session: EntityManager,
    { scheduler, contributions }: AddTalliesInput<RunCounter, RunMeasure>,
  ): Promise<void> => {
    if (contributions.length === 0) return
    const rows = tallyRows(RUN_FACTS, contributions).map(({ tally, ...row }) => ({
      ...row,
      ...toTallyRow(RUN_FACTS, tally),
    }))
    await upsert(session, scheduler, ...toColumns(RUN_TALLY_SHAPE, rows))
  }
}

/** Adds provider calls to the lifetime totals and buckets of their providers, and updates when each last gave data. */
export function createAddCallTallies(names: Names, operation: string) {
  const upsert = statement(operation, upsertCallTallies(names))
  return async (
    session: EntityManager,
    { scheduler, contributions }: AddTalliesInput<CallCounter, CallMeasure>,
  ): Promise<void> => {
    if (contributions.length === 0) return
    const lastSuccess = new Map<string, number>()
    for (const { name, settledAt, tally } of contributions) {
      if (tally.succeeded > 0) lastSuccess.set(name, Math.max(lastSuccess.get(name) ?? settledAt, settledAt))
    }
    const rows = tallyRows(CALL_FACTS, contributions).map(({ tally, ...row }) => {
      const last_success_at = lastSuccess.get(row.name)
      return { ...row, ...toTallyRow(CALL_FACTS, tally), last_success_at: last_success_at ?? null }
    })
    await upsert(session, scheduler, ...toColumns(CALL_TALLY_SHAPE, rows))
  }
}

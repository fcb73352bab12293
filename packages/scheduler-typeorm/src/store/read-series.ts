import {
  CALL_FACTS,
  EMPTY_CALL_TALLY,
  EMPTY_RUN_TALLY,
  type MeasureSeries,
  RUN_FACTS,
  type SeriesQuery,
  type Tally,
  type TallyFacts,
} from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { integer, type Row } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { sumSeries } from '../sql/sum-series.ts'
import { toTallyOf } from './ledger-rows.ts'
import { statement } from './statement.ts'

/**
 * Reads tallies by time step, summed by the server. One statement for runs and one for calls, each only when asked for.
 */
export function createReadSeries(names: Names) {
  return async (session: EntityManager, scheduler: string, query?: SeriesQuery): Promise<MeasureSeries> => {
    if (query === undefined) return { of: 'run', tallies: [] }
    const { of, after, stepMs, points, name = null, names: several = null } = query
    const sum = statement('readMeasures', sumSeries(names, query))
    const rows = await sum(session, scheduler, after, after + points * stepMs, stepMs, name, several)
    return of === 'run'
      ? { of, tallies: fill(RUN_FACTS, { rows, points, empty: EMPTY_RUN_TALLY }) }
      : { of, tallies: fill(CALL_FACTS, { rows, points, empty: EMPTY_CALL_TALLY }) }
  }
}

function fill<C extends string, M extends string>(
  facts: TallyFacts<C, M>,
  { rows, points, empty }: { rows: readonly Row[]; points: number; empty: Tally<C, M> },
): readonly Tally<C, M>[] {
  const tallies = new Array<Tally<C, M>>(points).fill(empty)
  for (const row of rows) tallies[integer(row, 'point')] = toTallyOf(facts, row)
  return tallies
}

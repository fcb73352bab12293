import {
  addDistributions,
  CALL_FACTS,
  EMPTY_CALL_TALLY,
  EMPTY_RUN_TALLY,
  type InstanceMeasures,
  type JobMeasures,
  type ProviderMeasures,
  type ReadMeasuresInput,
  RUN_FACTS,
  RUN_MEASURES,
  type RunSums,
  type RunTally,
  SETTLED_RUN_STATES,
  type StoreMeasures,
  sumRuns,
  type Tally,
  type TallyFacts,
} from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { count, integer, integerOrNull, type Row, rows, text, textOrNull, word } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { selectMeasures } from '../sql/select-measures.ts'
import { windowBounds } from '../sql/window-bounds.ts'
import { registered, toControl } from './control.ts'
import { toCursorWall } from './cursor-wall.ts'
import { toEdgeTallies } from './edge-tallies.ts'
import { toLife } from './instance-rows.ts'
import { toTallyOf } from './ledger-rows.ts'
import { createReadSeries } from './read-series.ts'
import { type Statement, statement } from './statement.ts'

/**
 * Reads everything that a snapshot needs with one statement, for any size of the history, and a series with one more. The
 * read is consistent in a read-only session.
 */
export function createReadMeasures(names: Names) {
  const statements = new Map<number, Statement>()
  const readSeries = createReadSeries(names)

  function statementFor(windows: number): Statement {
    const known = statements.get(windows) ?? measuresOf(names, windows)
    statements.set(windows, known)
    return known
  }

  return async (session: EntityManager, input: ReadMeasuresInput): Promise<StoreMeasures> => {
    const { scheduler, asOf, windowsMs, series } = input
    const bounds = windowBounds(asOf, Object.values(windowsMs))
    const windows = Object.keys(windowsMs)
    const [row = {}] = await statementFor(windows.length)(session, scheduler, ...bounds, asOf)
    const control = registered(scheduler, rows(row, 'control')[0])
    const runs = toSums(RUN_FACTS, rows(row, 'runs'))
    for (const { name, span, distributions } of toEdgeTallies(rows(row, 'edges'))) {
      const own = runs.get(name)
      const tally = own?.get(span)
      if (tally) own?.set(span, withEdges(tally, distributions))
    }
    const callRows = rows(row, 'calls')
    const calls = toSums(CALL_FACTS, callRows)
    const jobs = rows(row, 'jobs').map((job) => {
      return toJobMeasures(job, windowed(runs.get(text(job, 'job')), windows, EMPTY_RUN_TALLY))
    })
    return {
      since: integer(control, 'since'),
      control: toControl(control),
      jobs,
      totals: sumRuns(jobs, windows),
      providers: callRows
        .filter((call) => integer(call, 'span') === 0)
        .map((call) => toProviderMeasures(call, windowed(calls.get(text(call, 'name')), windows, EMPTY_CALL_TALLY)))
        .sort((a, b) => (a.provider < b.provider ? -1 : 1)),
      instances: rows(row, 'instances').map(toInstanceMeasures),
      series: await readSeries(session, scheduler, series),
    }
  }
}

function measuresOf(names: Names, windows: number): Statement {
  return statement('readMeasures', selectMeasures(names, windows), { isPlannedOnce: true })
}

/** The sums of each job or provider: span 0 is the lifetime, the others are the windows in their order. */
type Sums<C extends string, M extends string> = Map<string, Map<number, Tally<C, M>>>

function toSums<C extends string, M extends string>(facts: TallyFacts<C, M>, sums: readonly Row[]): Sums<C, M> {
  const byName: Sums<C, M> = new Map()
  for (const row of sums) {
    const own = byName.get(text(row, 'name')) ?? new Map<number, Tally<C, M>>()
    byName.set(text(row, 'name'), own.set(integer(row, 'span'), toTallyOf(facts, row)))
  }
  return byName
}

/** Adds the distributions of the rows at the edges of a window; their counters are in its sums. */
function withEdges(tally: RunTally, edges: RunTally['distributions']): RunTally {
  const distributions = { ...tally.distributions }
  for (const measure of RUN_MEASURES) {
    distributions[measure] = addDistributions([distributions[measure], edges[measure]])
  }
  return { ...tally, distributions }
}

/** In a span without a row nothing was counted. */
function windowed<T>(sums: ReadonlyMap<number, T> | undefined, windows: readonly string[], nothing: T) {
  const named = windows.map((name, index) => [name, sums?.get(index + 1) ?? nothing] as const)
  return { lifetime: sums?.get(0) ?? nothing, windows: Object.fromEntries(named) }
}

function toJobMeasures(row: Row, counted: RunSums): JobMeasures {
  return {
    job: text(row, 'job'),
    since: integer(row, 'since'),
    cursor: integer(row, 'cursor'),
    wall: toCursorWall(row),
    retiredAt: integerOrNull(row, 'retired_at'),
    running: count(row, 'running'),
    queued: count(row, 'queued'),
    oldestQueuedAt: integerOrNull(row, 'oldest_queued_at'),
    workers: count(row, 'workers'),
    latestStartAt: integerOrNull(row, 'latest_start_at'),
    runningDueAt: integerOrNull(row, 'running_due_at'),
    ...counted,
    lastRunAt: integerOrNull(row, 'last_run_at'),
    lastSuccessAt: integerOrNull(row, 'last_success_at'),
    lastFailureAt: integerOrNull(row, 'last_failure_at'),
    lastOutcome: textOrNull(row, 'last_outcome') === null ? null : word(row, 'last_outcome', SETTLED_RUN_STATES),
    lastErrorCode: textOrNull(row, 'last_error_code'),
    consecutiveFailures: count(row, 'consecutive_failures'),
    unmet: toUnmet(row),
  }
}

function toUnmet(row: Row): JobMeasures['unmet'] {
  const from = integerOrNull(row, 'unmet_from')
  return from === null ? null : { from, through: integer(row, 'unmet_through') }
}

function toProviderMeasures(row: Row, counted: Pick<ProviderMeasures, 'lifetime' | 'windows'>): ProviderMeasures {
  return { provider: text(row, 'name'), ...counted, lastSuccessAt: integerOrNull(row, 'last_success_at') }
}

function toInstanceMeasures(row: Row): InstanceMeasures {
  const load = {
    concurrency: integerOrNull(row, 'concurrency'),
    droppedMessages: count(row, 'dropped_messages'),
    leftMessages: count(row, 'left_messages'),
  }
  return { ...toLife(row), ...load, running: integer(row, 'running') }
}

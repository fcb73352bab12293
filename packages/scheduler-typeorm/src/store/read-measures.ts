import {
  addTallies,
  CALL_FACTS,
  type InstanceMeasures,
  type JobMeasures,
  type ProviderMeasures,
  type ReadMeasuresInput,
  RUN_FACTS,
  type RunTally,
  SETTLED_RUN_STATES,
  type StoreMeasures,
  sumRuns,
  type Tally,
  type TallyFacts,
} from '@pm/scheduler-core/store'
import type { EntityManager } from 'typeorm'

import { count, integer, integerOrNull, type Row, text, textOrNull, word } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { selectControl } from '../sql/select-control.ts'
import { selectEdgeValues } from '../sql/select-edge-values.ts'
import { selectInstances } from '../sql/select-instances.ts'
import { selectJobs } from '../sql/select-jobs.ts'
import { edgesOf, planSpans, type Span, type SpanPlan } from '../sql/spans.ts'
import { sumCalls } from '../sql/sum-calls.ts'
import { selectRunSums } from '../sql/sum-runs.ts'
import { registered, toControl } from './control.ts'
import { toCursorWall } from './cursor-wall.ts'
import { toEdgeTallies } from './edge-tallies.ts'
import { toLife } from './instance-rows.ts'
import { toTallyOf } from './ledger-rows.ts'
import { createReadSeries } from './read-series.ts'
import { statement } from './statement.ts'

/**
 * Reads everything that a snapshot needs with five or six statements, for any size of the history: control, jobs,
 * instances, sums of runs, sums of calls, and the values at the edges of windows. The read is consistent in a read-only
 * session.
 */
export function createReadMeasures(names: Names) {
  const readControl = statement('readMeasures', selectControl(names, 'none'))
  const readJobs = statement('readMeasures', selectJobs(names))
  const readInstances = statement('readMeasures', selectInstances(names))
  const readSeries = createReadSeries(names)

  return async (session: EntityManager, input: ReadMeasuresInput): Promise<StoreMeasures> => {
    const { scheduler, asOf, windowsMs, series } = input
    const plan = planSpans(asOf, windowsMs)
    const edges = edgesOf(plan)
    const sum = (text: string, spans: readonly Span[]) => {
      const bounds = spans.flatMap(({ after, upTo }) => [after, upTo])
      return statement('readMeasures', text)(session, scheduler, ...bounds)
    }
    const control = registered(scheduler, (await readControl(session, scheduler))[0])
    const jobs = await readJobs(session, scheduler)
    const instances = await readInstances(session, scheduler)
    const runSums = toSums(RUN_FACTS, await sum(selectRunSums(names, plan.spans), plan.spans))
    if (edges.length > 0) addEdges(runSums, await sum(selectEdgeValues(names, edges), edges))
    const callRows = await sum(sumCalls(names, plan.spans), plan.spans)
    const callSums = toSums(CALL_FACTS, callRows)
    const measured = jobs.map((row) => toJobMeasures(row, tallies(RUN_FACTS, runSums.get(text(row, 'job')), plan)))
    return {
      since: integer(control, 'since'),
      control: toControl(control),
      jobs: measured,
      totals: sumRuns(measured, Object.keys(windowsMs)),
      providers: callRows
        .filter((row) => integer(row, 'span') === 0)
        .map((row) => toProviderMeasures(row, tallies(CALL_FACTS, callSums.get(text(row, 'name')), plan)))
        .sort((a, b) => (a.provider < b.provider ? -1 : 1)),
      instances: instances.map(toInstanceMeasures),
      series: await readSeries(session, scheduler, series),
    }
  }
}

/** The sums of each job or provider, by the index of their span. */
type Sums<C extends string, M extends string> = Map<string, Map<number, Tally<C, M>>>

function toSums<C extends string, M extends string>(facts: TallyFacts<C, M>, rows: readonly Row[]): Sums<C, M> {
  const sums: Sums<C, M> = new Map()
  for (const row of rows) {
    const own = sums.get(text(row, 'name')) ?? new Map<number, Tally<C, M>>()
    sums.set(text(row, 'name'), own.set(integer(row, 'span'), toTallyOf(facts, row)))
  }
  return sums
}

/** Adds distributions to the sums over ledger rows, which have none yet. */
function addEdges(sums: Map<string, Map<number, RunTally>>, rows: readonly Row[]): void {
  for (const { name, span, distributions } of toEdgeTallies(rows)) {
    const own = sums.get(name)
    const tally = own?.get(span)
    if (tally) own?.set(span, { ...tally, distributions })
  }
}

function tallies<C extends string, M extends string>(
  facts: TallyFacts<C, M>,
  sums: ReadonlyMap<number, Tally<C, M>> | undefined,
  { windows }: SpanPlan,
) {
  const add = (spans: readonly number[]) =>
    addTallies(
      facts,
      spans.flatMap((span) => sums?.get(span) ?? []),
    )
  const named = Object.entries(windows).map(([name, spans]) => [name, add(spans)] as const)
  return { lifetime: add([0]), windows: Object.fromEntries(named) }
}

function toJobMeasures(row: Row, counted: Pick<JobMeasures, 'lifetime' | 'windows'>): JobMeasures {
  return {
    job: text(row, 'job'),
    since: integer(row, 'since'),
    cursor: integer(row, 'cursor'),
    wall: toCursorWall(row),
    retiredAt: integerOrNull(row, 'retired_at'),
    running: count(row, 'running'),
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
  return { ...toLife(row), running: integer(row, 'running') }
}

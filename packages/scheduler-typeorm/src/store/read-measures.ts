import {
  addTallies,
  CALL_COUNTERS,
  type JobMeasures,
  type Measures,
  type ProviderMeasures,
  type ReadMeasuresInput,
  RUN_COUNTERS,
  type Tally,
} from '@pm/scheduler-core'
import type { EntityManager } from 'typeorm'

import { count, integer, integerOrNull, type Row, text } from '../query.ts'
import type { Names } from '../sql/names.ts'
import { selectControl } from '../sql/select-control.ts'
import { selectJobs } from '../sql/select-jobs.ts'
import { planSpans, type SpanPlan } from '../sql/spans.ts'
import { sumCalls } from '../sql/sum-calls.ts'
import { sumRuns } from '../sql/sum-runs.ts'
import { registered, toControl } from './control.ts'
import { toTally } from './ledger-rows.ts'
import { statement } from './statement.ts'

/**
 * Four statements, whatever the size of the history: control, jobs, sums of runs, sums of calls. One consistent read
 * when the session is a read-only one.
 */
export function createReadMeasures(names: Names) {
  const readControl = statement('readMeasures', selectControl(names, 'none'))
  const readJobs = statement('readMeasures', selectJobs(names))

  return async (session: EntityManager, { scheduler, asOf, windowsMs }: ReadMeasuresInput): Promise<Measures> => {
    const plan = planSpans(asOf, windowsMs)
    const bounds = plan.spans.flatMap(({ after, upTo }) => [after, upTo])
    const sum = (text: string) => statement('readMeasures', text)(session, scheduler, ...bounds)
    const control = registered(scheduler, (await readControl(session, scheduler))[0])
    const jobs = await readJobs(session, scheduler)
    const runSums = toSums(RUN_COUNTERS, await sum(sumRuns(names, plan.spans)))
    const callRows = await sum(sumCalls(names, plan.spans))
    const callSums = toSums(CALL_COUNTERS, callRows)
    return {
      since: integer(control, 'since'),
      control: toControl(control),
      jobs: jobs.map((row) => toJobMeasures(row, tallies(RUN_COUNTERS, runSums.get(text(row, 'job')), plan))),
      providers: callRows
        .filter((row) => row['span'] === 0)
        .map((row) => toProviderMeasures(row, tallies(CALL_COUNTERS, callSums.get(text(row, 'name')), plan)))
        .sort((a, b) => (a.provider < b.provider ? -1 : 1)),
    }
  }
}

/** The sums of one job or provider, by the position of their span. */
type Sums<C extends string> = ReadonlyMap<number, Tally<C>>

function toSums<C extends string>(counters: readonly C[], rows: readonly Row[]): ReadonlyMap<string, Sums<C>> {
  const sums = new Map<string, Map<number, Tally<C>>>()
  for (const row of rows) {
    const own = sums.get(text(row, 'name')) ?? new Map<number, Tally<C>>()
    sums.set(text(row, 'name'), own.set(integer(row, 'span'), toTally(counters, row)))
  }
  return sums
}

function tallies<C extends string>(counters: readonly C[], sums: Sums<C> | undefined, { windows }: SpanPlan) {
  const add = (spans: readonly number[]) =>
    addTallies(
      counters,
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
    running: count(row, 'running'),
    ...counted,
    lastRunAt: integerOrNull(row, 'last_run_at'),
    lastSuccessAt: integerOrNull(row, 'last_success_at'),
    lastFailureAt: integerOrNull(row, 'last_failure_at'),
    consecutiveFailures: count(row, 'consecutive_failures'),
  }
}

function toProviderMeasures(row: Row, counted: Pick<ProviderMeasures, 'lifetime' | 'windows'>): ProviderMeasures {
  return { provider: text(row, 'name'), ...counted, lastSuccessAt: integerOrNull(row, 'last_success_at') }
}

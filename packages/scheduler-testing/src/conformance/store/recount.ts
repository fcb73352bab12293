import type { LedgerEntry } from '@pm/scheduler-core'
import type { StoreMeasures } from '@pm/scheduler-core/store'

import { HOUR, MINUTE } from '../harness/scene.ts'
import { countCalls, countRuns } from './measures-model.ts'
import { type Happening, JOBS, PROVIDERS } from './random-history.ts'

/** The windows that measures are compared over. */
export const WINDOWS = {
  recent: 24 * HOUR,
  last_hour: HOUR,
  minute: MINUTE,
  odd: 90_001,
  instant: 1,
  longer_than_all: 40 * HOUR,
}

/** The numbers of a reading, in the order of names, without those that the rows do not tell. */
export function readable({ jobs, providers }: StoreMeasures) {
  return {
    jobs: [...jobs].sort((a, b) => (a.job < b.job ? -1 : 1)).map(({ since: _, cursor: __, ...job }) => job),
    providers: [...providers].sort((a, b) => (a.provider < b.provider ? -1 : 1)),
  }
}

/** The same numbers, counted from all rows. */
export function recount(entries: readonly LedgerEntry[], plot: readonly Happening[], asOf: number) {
  const windows = <T>(measure: (span: { after: number; upTo: number }) => T) =>
    Object.fromEntries(Object.entries(WINDOWS).map(([name, ms]) => [name, measure({ after: asOf - ms, upTo: asOf })]))
  const runs = entries.flatMap((entry) => (entry.kind === 'run' ? [entry] : []))
  const latest = (instants: readonly (number | null)[]) => instants.reduce<number | null>(later, null)
  const jobs = [...JOBS].sort().map((job) => {
    const own = runs.filter((run) => run.job === job)
    const ended = (states: readonly string[]) =>
      latest(own.filter((r) => states.includes(r.state)).map((r) => r.settledAt))
    return {
      job,
      running: own.filter(({ state }) => state === 'running').length,
      latestStartAt: latest(own.filter(({ state }) => state === 'running').map(({ startedAt }) => startedAt)),
      lifetime: countRuns(entries, job),
      windows: windows((span) => countRuns(entries, job, span)),
      lastRunAt: latest(own.map(({ settledAt }) => settledAt)),
      lastSuccessAt: ended(['succeeded']),
      lastFailureAt: ended(FAILURES),
      consecutiveFailures: failingSuffix(plot.filter((each) => each.job === job)),
    }
  })
  const asked = PROVIDERS.filter((name) => runs.some((run) => run.calls.some(({ provider }) => provider === name)))
  const providers = asked.map((provider) => ({
    provider,
    lifetime: countCalls(entries, provider),
    windows: windows((span) => countCalls(entries, provider, span)),
    lastSuccessAt: latest(
      runs.map((run) =>
        run.calls.some((each) => each.provider === provider && each.tally.succeeded > 0) ? run.settledAt : null,
      ),
    ),
  }))
  return { jobs, providers }
}

const FAILURES: readonly string[] = ['failed', 'timed_out', 'orphaned']

/** How many failures end a job's history; cancelled runs say nothing about it. */
function failingSuffix(plot: readonly Happening[]): number {
  const telling = [...plot]
    .sort((a, b) => a.settledAt - b.settledAt)
    .flatMap((each) => (each.kind === 'run' && !['running', 'cancelled'].includes(each.state) ? [each.state] : []))
  return telling.length - 1 - telling.findLastIndex((state) => !FAILURES.includes(state))
}

function later(a: number | null, b: number | null): number | null {
  return a === null || (b !== null && b > a) ? b : a
}

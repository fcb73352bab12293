import type { LedgerEntry, Run } from '@pm/scheduler-core'
import { isOpenState, type StoreMeasures } from '@pm/scheduler-core/store'

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
    jobs: [...jobs]
      .sort((a, b) => (a.job < b.job ? -1 : 1))
      .map(({ since: _, cursor: __, retiredAt: ___, wall: ____, ...job }) => job),
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
      queued: own.filter(({ state }) => state === 'queued').length,
      oldestQueuedAt: earliest(own.filter(({ state }) => state === 'queued').map(({ queuedAt }) => queuedAt)),
      workers: 0,
      latestStartAt: latest(own.filter(({ state }) => state === 'running').map(({ startedAt }) => startedAt)),
      lifetime: countRuns(entries, job),
      windows: windows((span) => countRuns(entries, job, span)),
      lastRunAt: latest(own.map(({ settledAt }) => settledAt)),
      lastSuccessAt: ended(['succeeded']),
      lastFailureAt: ended(FAILURES),
      ...lastEndings(
        plot.filter((each) => each.job === job),
        own,
      ),
      consecutiveFailures: failingSuffix(plot.filter((each) => each.job === job)),
      ...dueTimesLeft(
        entries.filter((each) => each.job === job),
        ended(['succeeded']),
      ),
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

/** The due times after the last success that had to run and have none: settled, and under way. */
function dueTimesLeft(entries: readonly LedgerEntry[], lastSuccessAt: number | null) {
  const had = entries.filter((entry) => {
    if (entry.kind === 'unrun') return entry.state === 'missed' || entry.reason === 'overlap'
    return entry.trigger === 'schedule' && entry.state !== 'succeeded'
  })
  const left = had
    .map((entry) => ({ entry, from: entry.scheduledFor ?? 0, through: lastDueOf(entry) }))
    .filter(({ through }) => through > (lastSuccessAt ?? -Infinity))
  const settled = left.filter(({ entry }) => !isOpenState(entry.state))
  const [from, through] = [settled.map((each) => each.from), settled.map((each) => each.through)]
  const underWay = left.filter(({ entry }) => isOpenState(entry.state)).map((each) => each.from)
  return {
    unmet: settled.length === 0 ? null : { from: Math.min(...from), through: Math.max(...through) },
    runningDueAt: underWay.length === 0 ? null : Math.min(...underWay),
  }
}

function lastDueOf(entry: LedgerEntry): number {
  return entry.kind === 'unrun' ? entry.through : (entry.scheduledFor ?? 0)
}

const FAILURES: readonly string[] = ['failed', 'timed_out', 'orphaned', 'interrupted']

/** How the job's last run ended, and with which code its last failed one. Of two at one instant, the later in the plot. */
function lastEndings(plot: readonly Happening[], runs: readonly Run[]) {
  const ended = plot.filter((each) => each.kind === 'run' && !isOpenState(each.state))
  const failed = runs.filter(({ state }) => FAILURES.includes(state))
  const bySettlement = (a: { settledAt: number | null }, b: { settledAt: number | null }) =>
    Number(a.settledAt) - Number(b.settledAt)
  return {
    lastOutcome: ended.toSorted(bySettlement).at(-1)?.state ?? null,
    lastErrorCode: failed.toSorted(bySettlement).at(-1)?.error?.code ?? null,
  }
}

/** How many failures end a job's history; cancelled runs say nothing about it. */
function failingSuffix(plot: readonly Happening[]): number {
  const telling = [...plot]
    .sort((a, b) => a.settledAt - b.settledAt)
    .flatMap((each) =>
      each.kind === 'run' && each.state !== 'cancelled' && !isOpenState(each.state) ? [each.state] : [],
    )
  return telling.length - 1 - telling.findLastIndex((state) => !FAILURES.includes(state))
}

function earliest(instants: readonly (number | null)[]): number | null {
  return instants.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null)
}

function later(a: number | null, b: number | null): number | null {
  return a === null || (b !== null && b > a) ? b : a
}

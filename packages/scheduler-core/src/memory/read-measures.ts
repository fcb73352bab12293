import type { EpochMs } from '../clock.ts'
import { mapInParts, type Parts } from '../loop/in-turns.ts'
import type { JobMeasures, ProviderMeasures, ReadMeasuresInput, RunSums, StoreMeasures } from '../ports/measures.ts'
import { lazyProperties } from '../reading/lazy-properties.ts'
import { CALL_FACTS, type Tally } from '../run/counters.ts'
import { FORGOTTEN_JOBS } from '../run/forgotten-jobs.ts'
import { BUCKET_WIDTHS, coverWindow, type WindowCover, type WindowSpan } from '../run/windows.ts'
import { endOf } from './read-definitions.ts'
import { readSeries } from './read-series.ts'
import { measureInstances, measureUnderWay, workersOf } from './read-under-way.ts'
import { additionOf } from './state/addition-of.ts'
import type { JobData } from './state/job-data.ts'
import type { MemoryDatabase } from './state/memory-database.ts'
import type { ProviderData, SchedulerData } from './state/scheduler-data.ts'
import { type Addition, Sums, toAddition } from './state/sums.ts'
import type { TallyView } from './state/tally-view.ts'

/** How many jobs are measured in one turn: a millisecond's work. */
const JOBS_IN_TURN = 2_000

/** In each part the state has to be the same. */
export function* measure(database: MemoryDatabase, input: ReadMeasuresInput): Parts<StoreMeasures> {
  const { scheduler, asOf, windowsMs, series } = input
  const data = database.scheduler(scheduler)
  data.longestWindowMs = Math.max(data.longestWindowMs, ...Object.values(windowsMs))
  const windows = Object.entries(windowsMs).map(([name, ms]) => {
    const cover = coverWindow({
      after: roundDown(data, asOf - ms),
      upTo: roundUp(data, { after: asOf - ms, upTo: asOf }),
    })
    return { name, cover, edges: edgesOf(data, cover) }
  })
  const workers = workersOf(data, asOf)
  const head = {
    since: data.since,
    control: data.control,
    totals: sumTotals(data, windows),
    providers: Array.from(data.providers, ([name, provider]) => measureProvider({ name, ...provider }, windows)),
    instances: measureInstances(data),
    series: series ? readSeries(data, series) : NO_SERIES,
  }
  // A list of its own: what is undone and done again in a map changes its order.
  const jobs = yield* mapInParts([...data.jobs.values()], JOBS_IN_TURN, (job) => {
    return measureJob(data, job, { windows, workers: workers.get(job.name) ?? 0 })
  })
  return { ...head, jobs }
}

/** What remains of forgotten jobs never had a definition: it is retired from its beginning. */
function retiredAt({ definitions }: SchedulerData, { name, since }: JobData): EpochMs | null {
  return name === FORGOTTEN_JOBS ? since : endOf(definitions.get(name))
}

interface Window {
  readonly name: string
  readonly cover: WindowCover
  readonly edges: Edges
}

/** The sums of the rows at the two edges of a window, by job and by provider. */
interface Edges {
  readonly jobs: ReadonlyMap<string, Sums>
  readonly providers: ReadonlyMap<string, Sums>
}

/**
 * When nothing was settled after `asOf`, as usual, the rest of its hour is empty, so the window can end with a whole
 * bucket. It has to where it begins among dropped minutes and minutes of its last hour were dropped too.
 */
function roundUp({ ledger, buckets }: SchedulerData, { after, upTo }: WindowSpan): number {
  const { hour } = BUCKET_WIDTHS
  const kept = buckets.keptFrom('minute')
  const lacksMinutes = after < kept && Math.floor(upTo / hour) * hour < kept
  return ledger.latestSettledAt <= upTo || lacksMinutes ? Math.ceil(upTo / hour) * hour : upTo
}

/**
 * When the rows at the start of a window were dropped because of `maxEntries`, the window begins at a whole minute and
 * uses its bucket; when the minute was dropped because of `maxBucketBytes`, at a whole hour.
 */
function roundDown({ ledger, buckets }: SchedulerData, after: number): number {
  const { minute, hour } = BUCKET_WIDTHS
  if (after < buckets.keptFrom('minute')) return Math.floor(after / hour) * hour
  return after < ledger.droppedUpTo ? Math.floor(after / minute) * minute : after
}

function edgesOf({ ledger }: SchedulerData, cover: WindowCover): Edges {
  const jobs = new Map<string, Sums>()
  const providers = new Map<string, Sums>()
  for (const span of cover.rows) {
    for (const { entry } of ledger.settledIn(span)) {
      addTo(jobs, entry.job, additionOf(entry))
      if (entry.kind === 'unrun') continue
      for (const { provider, tally } of entry.calls) addTo(providers, provider, toAddition(CALL_FACTS, tally))
    }
  }
  return { jobs, providers }
}

function addTo(sums: Map<string, Sums>, key: string, addition: Addition): void {
  const sum = sums.get(key) ?? new Sums()
  sums.set(key, sum)
  sum.add(addition)
}

/** What it counted is added up when somebody looks at it, as it was now. */
function measureJob(data: SchedulerData, job: JobData, { windows, workers }: JobReading): JobMeasures {
  const { name, since, cursor, wall, latestOutcomes } = job
  const { lastRunAt, lastSuccessAt, lastFailureAt, lastOutcome, lastErrorCode } = latestOutcomes
  const view = job.tallies.view()
  const measured = {
    job: name,
    since,
    cursor,
    wall,
    retiredAt: retiredAt(data, job),
    ...measureUnderWay(job),
    workers,
    lastRunAt,
    lastSuccessAt,
    lastFailureAt,
    lastOutcome,
    lastErrorCode,
    consecutiveFailures: latestOutcomes.consecutiveFailures,
    unmet: latestOutcomes.unmet,
  }
  return withLazySums(measured, {
    lifetime: () => view.lifetime(),
    windows: () => sumWindows(view, windows, ({ jobs }) => jobs.get(name)),
  })
}

interface JobReading {
  readonly windows: readonly Window[]
  readonly workers: number
}

const withLazySums = lazyProperties('lifetime', 'windows')

function sumTotals(data: SchedulerData, windows: readonly Window[]): RunSums {
  const view = data.totals.view(data.jobs.values())
  return { lifetime: view.lifetime(), windows: sumWindows(view, windows, ({ jobs }) => sumOf(jobs.values())) }
}

function sumWindows<C extends string, M extends string>(
  view: TallyView<C, M>,
  windows: readonly Window[],
  edgesIn: (edges: Edges) => Sums | undefined,
): Record<string, Tally<C, M>> {
  const sums: Record<string, Tally<C, M>> = {}
  for (const { name, cover, edges } of windows) sums[name] = view.window(cover, edgesIn(edges))
  return sums
}

function sumOf(parts: Iterable<Sums>): Sums {
  const sum = new Sums()
  for (const part of parts) sum.add(part)
  return sum
}

function measureProvider(
  { name: provider, tallies, lastSuccessAt }: ProviderData & { readonly name: string },
  windows: readonly Window[],
): ProviderMeasures {
  const view = tallies.view()
  const sums = sumWindows(view, windows, ({ providers }) => providers.get(provider))
  return { provider, lifetime: view.lifetime(), windows: sums, lastSuccessAt }
}

const NO_SERIES = Object.freeze({ of: 'run', tallies: Object.freeze([]) } as const)

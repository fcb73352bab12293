import { BUCKET_WIDTHS, coverWindow, type WindowCover } from '../metrics/windows.ts'
import type { JobMeasures, Measures, ProviderMeasures, ReadMeasuresInput } from '../ports/store.ts'
import { CALL_COUNTERS, type CallTally, RUN_COUNTERS, type RunTally } from '../run/counters.ts'
import { amountsOf } from './amounts-of.ts'
import type { JobBook, ProviderBook, SchedulerBook } from './books.ts'
import { type Amounts, addAmounts, toAmounts, zeroes } from './counts.ts'
import type { Library } from './library.ts'

export function readMeasures(library: Library, { scheduler, asOf, windowsMs }: ReadMeasuresInput): Measures {
  const book = library.book(scheduler)
  const windows = Object.entries(windowsMs).map(([name, ms]) => {
    const cover = coverWindow({ after: roundDown(book, asOf - ms), upTo: roundUp(book, asOf) })
    return { name, cover, edges: edgesOf(book, cover) }
  })
  return {
    since: book.since,
    control: book.control,
    jobs: Array.from(book.jobs.values(), (job) => measureJob(job, windows)),
    providers: Array.from(book.providers, ([name, provider]) => measureProvider({ name, ...provider }, windows)),
  }
}

interface Window {
  readonly name: string
  readonly cover: WindowCover
  readonly edges: Edges
}

/** What the rows at a window's two ends add, by job and by provider. */
interface Edges {
  readonly jobs: ReadonlyMap<string, readonly number[]>
  readonly providers: ReadonlyMap<string, readonly number[]>
}

/** While nothing was settled after `asOf`, as is usual, the rest of its hour is empty and whole buckets will do. */
function roundUp({ ledger }: SchedulerBook, asOf: number): number {
  const hour = BUCKET_WIDTHS.hour
  return ledger.latestSettledAt <= asOf ? Math.ceil(asOf / hour) * hour : asOf
}

/** Where rows were dropped for want of room, a window begins at a whole minute, for which the buckets answer. */
function roundDown({ ledger }: SchedulerBook, after: number): number {
  const { minute } = BUCKET_WIDTHS
  return after < ledger.forgottenUpTo ? Math.floor(after / minute) * minute : after
}

function edgesOf({ ledger }: SchedulerBook, cover: WindowCover): Edges {
  const jobs = new Map<string, number[]>()
  const providers = new Map<string, number[]>()
  for (const span of cover.rows) {
    for (const { entry } of ledger.settledIn(span)) {
      addTo(jobs, entry.job, amountsOf(entry))
      if (entry.kind === 'unrun') continue
      for (const { provider, tally } of entry.calls) addTo(providers, provider, toAmounts(CALL_COUNTERS, tally))
    }
  }
  return { jobs, providers }
}

function addTo(sums: Map<string, number[]>, key: string, amounts: Amounts): void {
  const sum = sums.get(key) ?? zeroes(RUN_COUNTERS.length)
  sums.set(key, sum)
  addAmounts(sum, amounts, 1)
}

function measureJob(book: JobBook, windows: readonly Window[]): JobMeasures {
  const { name: job, since, cursor, running, tallies, marks } = book
  const sums: Record<string, RunTally> = {}
  for (const { name, cover, edges } of windows) sums[name] = tallies.window(cover, edges.jobs.get(job))
  return { job, since, cursor, running: running.length, lifetime: tallies.lifetime(), windows: sums, ...marks }
}

function measureProvider(
  { name: provider, tallies, lastSuccessAt }: ProviderBook & { readonly name: string },
  windows: readonly Window[],
): ProviderMeasures {
  const sums: Record<string, CallTally> = {}
  for (const { name, cover, edges } of windows) sums[name] = tallies.window(cover, edges.providers.get(provider))
  return { provider, lifetime: tallies.lifetime(), windows: sums, lastSuccessAt }
}

import { coverWindow, type WindowCover } from '../metrics/windows.ts'
import type { JobMeasures, Measures, ProviderMeasures, ReadMeasuresInput } from '../ports/store.ts'
import { CALL_COUNTERS } from '../run/counters.ts'
import type { JobBook, ProviderBook, SchedulerBook } from './books.ts'
import type { Library } from './library.ts'
import { type Amounts, type Tallies, toAmounts } from './tallies.ts'

export function readMeasures(library: Library, { scheduler, asOf, windowsMs }: ReadMeasuresInput): Measures {
  const book = library.book(scheduler)
  const windows = Object.entries(windowsMs).map(([name, ms]) => {
    const cover = coverWindow({ after: asOf - ms, upTo: asOf })
    return { name, cover, edges: edgesOf(book, cover) }
  })
  return {
    since: book.since,
    control: book.control,
    jobs: Array.from(book.jobs.values(), (job) => measureJob(job, windows)),
    providers: Array.from(book.providers, ([name, provider]) => measureProvider(name, provider, windows)),
  }
}

interface Window {
  readonly name: string
  readonly cover: WindowCover
  readonly edges: Edges
}

/** What the rows at a window's two edges add, by job and by provider. */
interface Edges {
  readonly jobs: ReadonlyMap<string, readonly Amounts[]>
  readonly providers: ReadonlyMap<string, readonly Amounts[]>
}

function edgesOf({ ledger }: SchedulerBook, cover: WindowCover): Edges {
  const jobs = new Map<string, Amounts[]>()
  const providers = new Map<string, Amounts[]>()
  for (const span of cover.rows) {
    for (const { entry, amounts } of ledger.settledIn(span)) {
      add(jobs, entry.job, amounts)
      if (entry.kind === 'unrun') continue
      for (const { provider, tally } of entry.calls) add(providers, provider, toAmounts(CALL_COUNTERS, tally))
    }
  }
  return { jobs, providers }
}

function add(map: Map<string, Amounts[]>, key: string, amounts: Amounts): void {
  const list = map.get(key)
  if (list) list.push(amounts)
  else map.set(key, [amounts])
}

function measureJob({ name: job, cursor, running, tallies, marks }: JobBook, windows: readonly Window[]): JobMeasures {
  const sums = windows.map(
    ({ name, cover, edges }) => [name, tallies.window(cover, edges.jobs.get(job) ?? [])] as const,
  )
  return {
    job,
    cursor,
    running: running.size,
    lifetime: tallies.lifetime(),
    windows: Object.fromEntries(sums),
    ...marks,
  }
}

function measureProvider(provider: string, book: ProviderBook, windows: readonly Window[]): ProviderMeasures {
  const { tallies, lastSuccessAt } = book
  const sums = windows.map(
    ({ name, cover, edges }) => [name, sumOf(tallies, cover, edges.providers.get(provider))] as const,
  )
  return { provider, lifetime: tallies.lifetime(), windows: Object.fromEntries(sums), lastSuccessAt }
}

function sumOf<C extends string>(tallies: Tallies<C>, cover: WindowCover, edges: readonly Amounts[] = []) {
  return tallies.window(cover, edges)
}

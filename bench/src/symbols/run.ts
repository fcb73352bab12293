import type { Quote } from '@pm/scheduler-market-data'
import type { EntityManager } from 'typeorm'

import type { BenchInput, RunBench } from '../bench.ts'
import { type Build, buildsOf, ours } from '../lab/build.ts'
import { again, type Contender, pairedRounds } from '../lab/rounds.ts'
import { metered } from '../lab/turns.ts'
import type { Table } from '../result.ts'
import type { symbolsBench } from './bench.ts'
import { insertInBulk } from './bulk-insert.ts'
import { OLD_STATEMENTS, openPrices, type Prices, type Save } from './contenders.ts'
import { type FreshnessInput, readFreshness, readRows } from './freshness.ts'
import { type Lab, openLab } from './lab.ts'
import { saveWithOldStatements } from './old-statements.ts'
import { pollOnce } from './polls.ts'
import { type Replay, startReplay } from './replay.ts'
import { openSnapshots } from './snapshot.ts'
import { freshnessTable, pollsTable, savesTable } from './tables.ts'

type Input = BenchInput<typeof symbolsBench.options>

interface Stage {
  readonly lab: Lab
  readonly replay: Replay
  readonly builds: readonly { readonly build: Build; readonly prices: Prices }[]
  /** Of the replay, fetched once. */
  readonly quotes: readonly Quote[]
  readonly input: Input
}

const MOST_POLLS = 4
const STEP_MS = 900_000

export const run: RunBench<typeof symbolsBench.options> = async (input) => {
  await using lab = await openLab()
  await using replay = await startReplay(input.options.symbols)
  const builds = []
  for (const build of buildsOf(input.beside)) builds.push({ build, prices: await openPrices(build) })
  const stage = { lab, replay, builds, quotes: await fetchOnce(replay), input }
  const parts: Readonly<Record<string, (stage: Stage) => Promise<Table>>> = {
    polls: measurePolls,
    saves: measureSaves,
    freshness: measureFreshness,
  }
  const tables: Table[] = []
  for (const part of input.options.parts) {
    const table = await parts[part]?.(stage)
    if (table) tables.push(table)
  }
  return { tables, versions: { postgresql: lab.version } }
}

async function fetchOnce({ fetch, symbols }: Replay): Promise<readonly Quote[]> {
  const { marketData } = await openPrices(ours)
  const provider = marketData.createYahooProvider({ fetch, batchSize: 250, delistedAfterMs: null })
  const results = await provider.fetchQuotes(symbols, { signal: new AbortController().signal, onCall() {} })
  return results.flatMap((result) => (result.kind === 'quote' ? [result.quote] : []))
}

async function measurePolls({ lab, replay, builds, input }: Stage): Promise<Table> {
  const { options, tell } = input
  const ways = builds.map(({ build, prices }) => ({ name: build.name, build, save: prices.tables.save, requests: {} }))
  // Then, requests were sent one by one.
  const old = { name: OLD_STATEMENTS, build: ours, save: saveWithOldStatements, requests: { concurrency: 1 } }
  const contenders = [...ways, old].map((way) => ({
    name: way.name,
    measure: () => pollOnce({ ...way, name: `bench_${way.name.replaceAll(' ', '_')}`, lab, replay }),
  }))
  const measured = await pairedRounds([...contenders, ...contenders.slice(0, 1).map(again)], {
    rounds: Math.min(options.rounds, MOST_POLLS),
    tell: (progress) => tell(`polls, ${progress}`),
  })
  return pollsTable(measured, options.symbols)
}

async function measureSaves({ lab, builds, quotes, input }: Stage): Promise<Table> {
  const { options, tell } = input
  const saves: readonly (readonly [string, Save])[] = [
    ...builds.map(({ build, prices }) => [build.name, prices.tables.save] as const),
    [OLD_STATEMENTS, saveWithOldStatements],
    ['bulk insert', insertInBulk],
  ]
  const contenders = saves.map(([name, save], index): Contender<number> => {
    return { name, measure: (round) => timeOf(() => saveLater({ lab, save, quotes }, round * 10 + index)) }
  })
  const repeated = contenders.slice(0, 1).map(({ name }) => ({
    name: `${name} again`,
    measure: (round: number) =>
      timeOf(() => saveLater({ lab, save: saves[0]?.[1] ?? saveWithOldStatements, quotes }, round * 10 + 9)),
  }))
  const measured = await pairedRounds([...contenders, ...repeated], {
    rounds: options.rounds,
    tell: (progress) => tell(`saves, ${progress}`),
  })
  return savesTable(measured, options.symbols)
}

interface SaveInput {
  readonly lab: Lab
  readonly save: Save
  readonly quotes: readonly Quote[]
}

/** Quotes of a later time, so that each symbol has a new price. */
async function saveLater({ lab, save, quotes }: SaveInput, time: number): Promise<void> {
  const later = laterQuotes(quotes, time)
  await lab.dataSource.transaction((manager: EntityManager) => save(manager, later))
}

function laterQuotes(quotes: readonly Quote[], time: number): readonly Quote[] {
  const shift = (time + 1_000) * STEP_MS
  return quotes.map((quote) => ({
    ...quote,
    price: `${quote.price}${Math.abs(time)}`,
    eventTime: quote.eventTime + shift,
    fetchedAt: quote.eventTime + shift + 60_000,
  }))
}

async function measureFreshness({ lab, replay, builds, quotes, input }: Stage): Promise<Table> {
  const { options, tell } = input
  const asOf = Math.max(...laterQuotes(quotes, options.rounds * 10).map(({ fetchedAt }) => fetchedAt))
  const inputOf = (prices: Prices): FreshnessInput => {
    return { manager: lab.dataSource.manager, prices, symbols: replay.symbols, asOf }
  }
  const [first] = builds
  if (first === undefined) throw new Error('There is no build.')
  await using snapshots = await openSnapshots({
    dataSource: lab.dataSource,
    prices: first.prices,
    symbols: replay.symbols,
  })
  const contenders = [
    { name: 'their rows alone', measure: () => metered(() => readRows(inputOf(first.prices))) },
    ...builds.map(({ build, prices }) => ({
      name: build.name === ours.name ? 'read and judged' : `read and judged, ${build.name}`,
      measure: () => metered(() => readFreshness(inputOf(prices))),
    })),
    { name: 'a whole snapshot', measure: () => metered(() => snapshots.take()) },
  ]
  const measured = await pairedRounds([...contenders, ...contenders.slice(0, 1).map(again)], {
    rounds: options.rounds,
    tell: (progress) => tell(`freshness, ${progress}`),
  })
  return freshnessTable(measured)
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

/** Ten thousand symbols: a poll, a save and the freshness of them. Run it with `pnpm bench:symbols`. */
import { parseArgs } from 'node:util'

import { createYahooProvider, type Quote } from '@pm/scheduler-market-data'

import { median } from '../report/measure.ts'
import { figure, printTable } from '../report/table.ts'
import { loadBuilds } from './build.ts'
import { SAVES } from './contenders.ts'
import { readFreshness, readRows } from './freshness.ts'
import { openLab } from './lab.ts'
import { meter } from './meter.ts'
import { openPoller, type PollFigures } from './polls.ts'
import { startReplay } from './replay.ts'
import { wholeSnapshot } from './snapshot.ts'

const { values } = parseArgs({
  args: process.argv.slice(2).filter((arg) => arg !== '--'),
  options: {
    symbols: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '7' },
    only: { type: 'string', default: 'polls,saves,freshness' },
    beside: { type: 'string' },
  },
})
const only = values.only.split(',')
const count = Number(values.symbols)
const rounds = Number(values.rounds)
const STEP_MS = 900_000

await using lab = await openLab()
await using replay = await startReplay(count)
const { dataSource } = lab

const quotes = await fetchOnce()
if (only.includes('polls')) await reportPolls()
if (only.includes('saves')) await reportSaves()
if (only.includes('freshness')) await reportFreshness()

async function fetchOnce(): Promise<readonly Quote[]> {
  const provider = createYahooProvider({ fetch: replay.fetch, batchSize: 250, delistedAfterMs: null })
  const results = await provider.fetchQuotes(replay.symbols, { signal: new AbortController().signal, onCall() {} })
  return results.flatMap((result) => (result.kind === 'quote' ? [result.quote] : []))
}

async function reportPolls(): Promise<void> {
  const builds = await loadBuilds(values.beside)
  const polls: Record<keyof typeof builds, PollFigures[]> = { ours: [], before: [] }
  for (let round = -1; round < Math.min(rounds, 4); round++) {
    for (const which of round % 2 === 0 ? (['ours', 'before'] as const) : (['before', 'ours'] as const)) {
      // One at a time, so that nobody counts the statements of the other.
      await using poller = await openPoller({ which, build: builds[which], lab, replay })
      const figures = await poller.poll()
      if (round >= 0) polls[which].push(figures)
    }
  }
  const faster = (which: keyof typeof polls) =>
    median(polls[which].map(({ ms }, round) => (polls.before[round]?.ms ?? Number.NaN) / ms))
  printTable(
    `A poll of ${count} symbols from the replay server`,
    (['ours', 'before'] as const)
      .map((which) => [which, polls[which]] as const)
      .map(([which, all]) => ({
        '': which,
        'symbols/s': figure(median(all.map(({ ms }) => (count * 1_000) / ms))),
        'x before': figure(faster(which)),
        ms: figure(median(all.map(({ ms }) => ms))),
        'statements of the save': figure(Math.max(...all.map(({ saves }) => saves))),
        'in all': figure(Math.min(...all.map(({ statements }) => statements))),
        'heap MB': figure(Math.max(...all.map(({ heapMb }) => heapMb))),
        'longest turn ms': figure(median(all.map(({ longestTurnMs }) => longestTurnMs))),
      })),
  )
}

/** The quotes of a later round: each symbol has a new price. */
function later(round: number): readonly Quote[] {
  const shift = (round + 1_000) * STEP_MS
  return quotes.map((quote) => ({
    ...quote,
    price: `${quote.price}${round}`,
    eventTime: quote.eventTime + shift,
    fetchedAt: quote.eventTime + shift + 60_000,
  }))
}

async function reportSaves(): Promise<void> {
  const names = Object.keys(SAVES) as (keyof typeof SAVES)[]
  const times: Record<string, number[]> = { ours: [], before: [], bulk: [] }
  for (let round = -1; round < rounds; round++) {
    const fresh = later(round + 1)
    for (const at of names.keys()) {
      const name = names[(at + round + 1) % names.length] ?? 'ours'
      const begun = performance.now()
      await dataSource.transaction((manager) => SAVES[name](manager, fresh))
      if (round >= 0) times[name]?.push(performance.now() - begun)
    }
  }
  const over = (name: string, floor: string) =>
    median((times[name] ?? []).map((ms, round) => ms / (times[floor]?.[round] ?? Number.NaN)))
  printTable(
    `A save of ${count} quotes, each with a new price`,
    names.map((name) => ({
      '': name,
      ms: figure(median(times[name] ?? [])),
      'symbols/s': figure(median((times[name] ?? []).map((ms) => (count * 1_000) / ms))),
      'x bulk insert': figure(over(name, 'bulk')),
      'x before': figure(over(name, 'before')),
    })),
  )
}

async function reportFreshness(): Promise<void> {
  const asOf = Math.max(...later(rounds).map(({ fetchedAt }) => fetchedAt))
  const input = { manager: dataSource.manager, symbols: replay.symbols, asOf }
  const ways = { freshness: readFreshness, rows: readRows }
  const times = { freshness: [] as number[], rows: [] as number[] }
  for (let round = -1; round < rounds; round++) {
    for (const [name, read] of Object.entries(ways) as [keyof typeof ways, typeof readRows][]) {
      const begun = performance.now()
      await read(input)
      if (round >= 0) times[name].push(performance.now() - begun)
    }
  }
  const turns: number[] = []
  for (let round = 0; round < rounds; round++) turns.push((await meter(() => readFreshness(input))).longestTurnMs)
  const snapshots = await wholeSnapshot({ dataSource, symbols: replay.symbols, rounds })
  printTable(`Freshness of ${count} feeds`, [
    { '': 'their rows alone', ms: figure(median(times.rows)) },
    {
      '': 'read and judged',
      ms: figure(median(times.freshness)),
      'x rows': figure(median(times.freshness.map((ms, round) => ms / (times.rows[round] ?? Number.NaN)))),
      'longest turn ms': figure(median(turns)),
    },
    { '': 'whole snapshot', ms: figure(snapshots.ms), 'longest turn ms': figure(snapshots.longestTurnMs) },
  ])
}

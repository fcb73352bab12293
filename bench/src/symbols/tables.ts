import { type Measured, timesOf } from '../lab/rounds.ts'
import type { Metered } from '../lab/turns.ts'
import { median } from '../report/statistics.ts'
import type { Table } from '../result.ts'
import { OLD_STATEMENTS } from './contenders.ts'
import type { PollFigures } from './polls.ts'

export function pollsTable(measured: readonly Measured<PollFigures>[], symbols: number): Table {
  const old = measured.find(({ name }) => name === OLD_STATEMENTS)
  const rows = measured.map((each) => {
    const all = (read: (figures: PollFigures) => number) => each.slices.map(read)
    return {
      contender: each.name,
      perSecond: median(all(({ ms }) => (symbols * 1_000) / ms)),
      timesOld: timesOf(each, old, ({ ms }) => 1 / ms),
      ms: median(all(({ ms }) => ms)),
      cpuMs: median(all(({ cpuMs }) => cpuMs)),
      saves: Math.max(...all(({ saves }) => saves)),
      statements: Math.min(...all(({ statements }) => statements)),
      heapMb: Math.max(...all(({ heapMb }) => heapMb)),
      longestTurnMs: median(all(({ longestTurnMs }) => longestTurnMs)),
    }
  })
  const columns = [
    CONTENDER,
    { key: 'perSecond', title: 'symbols', unit: '/s' },
    { key: 'timesOld', title: 'x old statements', unit: 'x' },
    { key: 'ms', title: 'time', unit: 'ms' },
    { key: 'cpuMs', title: 'CPU', unit: 'ms' },
    { key: 'saves', title: 'statements of the save' },
    { key: 'statements', title: 'of the poll in all' },
    { key: 'heapMb', title: 'heap', unit: 'MB' },
    { key: 'longestTurnMs', title: 'longest task', unit: 'ms' },
  ]
  return { name: 'polls', title: 'A poll of all symbols from the replay server', columns, rows }
}

export function savesTable(measured: readonly Measured<number>[], symbols: number): Table {
  const named = (wanted: string) => measured.find(({ name }) => name === wanted)
  const rows = measured.map((each) => ({
    contender: each.name,
    ms: median(each.slices),
    perSecond: median(each.slices.map((ms) => (symbols * 1_000) / ms)),
    timesBulk: timesOf(each, named('bulk insert'), (ms) => ms),
    timesOld: timesOf(each, named(OLD_STATEMENTS), (ms) => ms),
  }))
  const columns = [
    CONTENDER,
    { key: 'ms', title: 'time', unit: 'ms' },
    { key: 'perSecond', title: 'symbols', unit: '/s' },
    { key: 'timesBulk', title: 'x bulk insert', unit: 'x' },
    { key: 'timesOld', title: 'x old statements', unit: 'x' },
  ]
  return { name: 'saves', title: 'A save of all quotes, each with a new price', columns, rows }
}

export function freshnessTable(measured: readonly Measured<Metered>[]): Table {
  const [floor] = measured
  const rows = measured.map((each) => ({
    contender: each.name,
    ms: median(each.slices.map(({ ms }) => ms)),
    timesRows: timesOf(each, floor, ({ ms }) => ms),
    longestTurnMs: median(each.slices.map(({ longestTurnMs }) => longestTurnMs)),
  }))
  const columns = [
    CONTENDER,
    { key: 'ms', title: 'time', unit: 'ms' },
    { key: 'timesRows', title: 'x rows', unit: 'x' },
    { key: 'longestTurnMs', title: 'longest task', unit: 'ms' },
  ]
  return { name: 'freshness', title: 'The freshness of all feeds', columns, rows }
}

const CONTENDER = { key: 'contender', title: 'contender' }

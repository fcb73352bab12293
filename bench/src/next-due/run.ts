import type { RunBench } from '../bench.ts'
import { type Build, buildsOf } from '../lab/build.ts'
import { cpuUs } from '../lab/cpu.ts'
import { again, type Contender, pairedRounds, timesOf } from '../lab/rounds.ts'
import { median } from '../report/statistics.ts'
import type { Row, Table } from '../result.ts'
import type { nextDueBench } from './bench.ts'
import { CASES, type NextDueCase, openOurs, PEERS, type Walker } from './walkers.ts'

const START = Date.UTC(2025, 8, 16, 2)

export const run: RunBench<typeof nextDueBench.options> = async ({ options, beside, tell }) => {
  const ours = await Promise.all(
    buildsOf(beside).map(async (build: Build) => [build.name, await openOurs(build)] as const),
  )
  const walkers = [...ours, ...Object.entries(PEERS)]
  const rows: Row[] = []
  for (const given of CASES) {
    const contenders = walkers.flatMap(([name, walker]) => contenderOf({ name, walker, given, ms: options.ms }))
    const measured = await pairedRounds([...contenders, ...contenders.slice(0, 1).map(again)], {
      rounds: options.rounds,
      tell: (progress) => tell(`${given.title}, ${progress}`),
    })
    const croner = measured.find(({ name }) => name === 'croner')
    rows.push(
      ...measured.map((each) => ({
        schedule: given.title,
        contender: each.name,
        perSecond: median(each.slices),
        best: Math.max(...each.slices),
        ...(croner && { timesCroner: timesOf(each, croner, (rate) => rate) }),
      })),
    )
  }
  return { tables: [{ ...TABLE, rows }] }
}

interface Walk {
  readonly name: string
  readonly walker: Walker
  readonly given: NextDueCase
  readonly ms: number
}

/** None where there is no such schedule. */
function contenderOf({ name, walker, given, ms }: Walk): readonly Contender<number>[] {
  const step = walker(given, START)
  return step === null ? [] : [{ name, measure: async () => rateOf(step, ms) }]
}

/** Steps per second of CPU time. */
function rateOf(step: () => number, ms: number): number {
  for (let warmUp = 0; warmUp < 2_000; warmUp++) step()
  const cpu = process.cpuUsage()
  const until = performance.now() + ms
  let steps = 0
  while (performance.now() < until) for (let inner = 0; inner < 100; inner++, steps++) step()
  return (steps * 1e6) / cpuUs(cpu)
}

const TABLE: Omit<Table, 'rows'> = {
  name: 'rates',
  title: 'Next due times',
  columns: [
    { key: 'schedule', title: 'schedule' },
    { key: 'contender', title: 'contender' },
    { key: 'perSecond', title: 'due times', unit: '/s' },
    { key: 'best', title: 'best', unit: '/s' },
    { key: 'timesCroner', title: 'x croner', unit: 'x' },
  ],
}

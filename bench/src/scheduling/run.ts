import type { BenchInput, RunBench } from '../bench.ts'
import { buildsOf } from '../lab/build.ts'
import { again, type Contender, type Measured, pairedRounds } from '../lab/rounds.ts'
import type { Row } from '../result.ts'
import type { schedulingBench } from './bench.ts'
import type { DispatchResult, IdleResult } from './case.ts'
import { type ContenderId, OUR_SCHEDULES, type PeerName } from './contender.ts'
import { runCase } from './run-case.ts'
import { COLUMNS, type JobsSlice, rowOf } from './to-rows.ts'

type Input = BenchInput<typeof schedulingBench.options>

const FLOOR = 'bare heap'

export const run: RunBench<typeof schedulingBench.options> = async (input) => {
  const { options, tell } = input
  const overloaded = new Set<string>()
  const rows: Row[] = []
  for (const jobs of options.jobs) {
    const contenders = contendersOf(input, jobs)
    const measured = await pairedRounds(
      contenders.filter(({ name }) => !overloaded.has(name)),
      { rounds: options.rounds, warmUps: 0, tell: (progress) => tell(`${jobs} jobs, ${progress}`) },
    )
    const floor = measured.find(({ name }) => name === FLOOR)
    for (const { name } of contenders) {
      const found = measured.find((each) => each.name === name)
      rows.push({ jobs, contender: name, ...(found ? rowOf(found, floor) : { missed: 'not tried' }) })
      if (found && isOverloaded(found)) overloaded.add(name)
    }
  }
  const title = 'Jobs that only wait, and jobs that are each due every second'
  return { tables: [{ name: 'jobs', title, columns: COLUMNS, rows }] }
}

function contendersOf({ options, beside, tell }: Input, jobs: number): readonly Contender<JobsSlice>[] {
  const limits = { limitMs: options['limit-seconds'] * 1_000, heapMb: options['heap-mb'] }
  const timing = { warmUpMs: options['warm-up'] * 1_000, windowMs: options.seconds * 1_000 }
  const contender = (name: string, id: ContenderId): Contender<JobsSlice> => ({
    name,
    async measure() {
      tell(`  ${name}`)
      const idle = await runCase({ kind: 'idle', contender: id, jobs }, limits)
      const dispatch = await runCase({ kind: 'dispatch', contender: id, jobs, ...timing }, limits)
      return { idle: idle as IdleResult | null, dispatch: dispatch as DispatchResult | null }
    },
  })
  const floor = contender(FLOOR, { kind: 'peer', name: FLOOR })
  const ours = buildsOf(beside).flatMap(({ name, root }) =>
    OUR_SCHEDULES.map((schedule) => contender(`${name}, ${schedule}`, { kind: 'ours', root, schedule })),
  )
  const peers = options.contenders.map((name) => contender(name, { kind: 'peer', name: name as PeerName }))
  return [floor, ...ours, ...peers, again(floor)]
}

/** More jobs would only take longer to show the same. */
function isOverloaded({ name, slices }: Measured<JobsSlice>): boolean {
  if (/^(ours|before|bare)/.test(name)) return false
  return slices.some(({ dispatch }) => dispatch === null || dispatch.missed > dispatch.due / 2)
}

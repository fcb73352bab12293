import { join } from 'node:path'

import type { RunBench } from '../bench.ts'
import { buildsOf } from '../lab/build.ts'
import { nextMessage, startChild } from '../lab/child.ts'
import { again, type Contender, pairedRounds, timesOf } from '../lab/rounds.ts'
import { median } from '../report/statistics.ts'
import type { Row, Table } from '../result.ts'
import { type ContenderId, OUR_SCHEDULES, PEER_NAMES } from '../scheduling/contender.ts'
import type { setUpBench } from './bench.ts'
import type { SetUpReport, SetUpTask } from './process.ts'

const FLOOR = 'bare heap'

export const run: RunBench<typeof setUpBench.options> = async ({ options, beside, tell }) => {
  const rows: Row[] = []
  for (const jobs of options.jobs) {
    const measured = await pairedRounds(contendersOf(jobs, beside), {
      rounds: options.rounds,
      warmUps: 0,
      tell: (progress) => tell(`${jobs} jobs, ${progress}`),
    })
    const floor = measured.find(({ name }) => name === FLOOR)
    for (const each of measured) {
      const opened = each.slices.flatMap(({ openedUs }) => openedUs ?? [])
      rows.push({
        jobs,
        contender: each.name,
        usPerJob: median(each.slices.map(({ setUpUs }) => setUpUs)),
        bestUs: Math.min(...each.slices.map(({ setUpUs }) => setUpUs)),
        timesFloor: timesOf(each, floor, ({ setUpUs }) => setUpUs),
        ...(opened.length > 0 && { openedUs: median(opened) }),
      })
    }
  }
  return { tables: [{ ...TABLE, rows }] }
}

const TABLE: Omit<Table, 'rows'> = {
  name: 'set-up',
  title: 'CPU to set up jobs',
  columns: [
    { key: 'jobs', title: 'jobs' },
    { key: 'contender', title: 'contender' },
    { key: 'usPerJob', title: 'set-up', unit: 'us/job' },
    { key: 'bestUs', title: 'best', unit: 'us/job' },
    { key: 'timesFloor', title: 'x heap', unit: 'x' },
    { key: 'openedUs', title: 'opened', unit: 'us/job' },
  ],
}

function contendersOf(jobs: number, beside: string | undefined): readonly Contender<SetUpReport>[] {
  const contender = (name: string, id: ContenderId) => ({ name, measure: () => measure({ contender: id, jobs }) })
  const floor = contender(FLOOR, { kind: 'peer', name: FLOOR })
  const ours = buildsOf(beside).flatMap(({ name, root }) =>
    OUR_SCHEDULES.map((schedule) => contender(`${name}, ${schedule}`, { kind: 'ours', root, schedule })),
  )
  const peers = PEER_NAMES.filter((name) => name !== FLOOR && (jobs <= MOST_OF_PEERS || name === 'toad-scheduler'))
  return [floor, ...ours, ...peers.map((name) => contender(name, { kind: 'peer', name })), again(floor)]
}

/** Of a hundred thousand, one peer keeps gigabytes and another takes minutes. */
const MOST_OF_PEERS = 10_000

async function measure(task: SetUpTask): Promise<SetUpReport> {
  const child = startChild({ file: join(import.meta.dirname, 'process.ts'), args: [JSON.stringify(task)] })
  const report = await nextMessage<SetUpReport>(child)
  child.kill('SIGKILL')
  return report
}

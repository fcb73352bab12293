import { FAILPOINTS, type FailpointName, type FailpointOptions } from '@pm/scheduler-testing'
import { byDeadline } from '@pm/testlab'
import { describe, it, vi } from 'vitest'

import { migrateScheduler } from '../../src/index.ts'
import { createTestBed } from '../test-bed.ts'
import { type CrashLab, createCrashLab } from './crash-lab.ts'
import { judge } from './verdict.ts'

vi.setConfig({ maxConcurrency: 6 })

type Death = Pick<FailpointOptions, 'nth' | 'during'> & { readonly at: FailpointName }

/** Failpoints in loops. The process dies at the fourth pass, when the loop has work to do. */
const BUSY =
  /store:(lockJobs|record|renew|settle|lockExpired|readControl)|unit:(tick|renew|settle|rescue|watch|job)|handler/
/** Failpoints of runs on their way to a worker. */
const QUEUED = /takeOver|handOverAgain|take-over|hand-over/
const DEATHS: readonly Death[] = FAILPOINTS.filter((at) => !QUEUED.test(at)).map((at) => {
  return { at, nth: BUSY.test(at) ? 4 : 1 }
})

/** Each process begins with the queued runs whose messages died with those before it. */
const DEATHS_IN_QUEUE: readonly Death[] = [
  ...FAILPOINTS.filter((at) => QUEUED.test(at)).map((at) => ({ at, nth: 4 })),
  { at: 'store:record:after', during: 'tick', nth: 4 },
  { at: 'unit:tick:after-commit', nth: 4 },
  { at: 'handler:before', nth: 4 },
]

/** Each process finds the orphans of those before it, since no sweep commits before the last two failpoints. */
const DEATHS_IN_RESCUE: readonly Death[] = [
  { at: 'handler:inside' },
  { at: 'store:settle:before', during: 'rescue' },
  { at: 'store:settle:after', during: 'rescue' },
  { at: 'store:record:before', during: 'rescue' },
  { at: 'store:record:after', during: 'rescue' },
  { at: 'unit:rescue:before-commit', nth: 7 },
  { at: 'unit:rescue:after-commit', nth: 7 },
]

const CHAIN = 8
const CHAINS = [
  ...Array.from({ length: Math.ceil(DEATHS.length / CHAIN) }, (_, n) => ({
    workload: 'mixed' as const,
    deaths: DEATHS.slice(n * CHAIN, (n + 1) * CHAIN),
  })),
  { workload: 'rerun' as const, deaths: DEATHS_IN_RESCUE },
  { workload: 'queued' as const, deaths: DEATHS_IN_QUEUE },
].map((chain, index) => ({ ...chain, name: `chain-${index}`, places: chain.deaths.map(({ at }) => at).join(', ') }))

const bed = await createTestBed()
const dataSource = await bed.open()
await migrateScheduler(dataSource)
await dataSource.destroy()

describe.concurrent('processes that die one after the other', { timeout: 900_000 }, () => {
  it.for(CHAINS)(
    'at $places leave nothing that the next process does not repair',
    async ({ deaths, name, workload }) => {
      await using lab = await createCrashLab({ url: bed.url, scheduler: name, workload })
      for (const death of deaths) await dieAt(lab, death)
      await lab.recover()
      await judge(lab)
    },
  )
})

/** A process that ends in any other way than by its failpoint fails the test. */
async function dieAt(lab: CrashLab, failpoint: Death): Promise<void> {
  const process = await lab.start({ failpoint, commands: lab.workload === 'mixed' })
  const state = async () => process.complaints
  const signal = await byDeadline(process.ended, { withinMs: 60_000, what: `The death at ${failpoint.at}`, state })
  if (signal !== 'SIGKILL') throw new Error(`It did not die at ${failpoint.at}: ${process.complaints}`)
}

/** Sets up the jobs of one contender, says what it took, and is ended. */
import { loadModule } from '../lab/build.ts'
import { collectGarbage, cpuUs } from '../lab/cpu.ts'
import { type ContenderId, type OurSchedule, PATTERN, PERIOD_MS, type PeerName } from '../scheduling/contender.ts'
import { PEERS } from '../scheduling/contenders/peers.ts'

export interface SetUpTask {
  readonly contender: ContenderId
  readonly jobs: number
}

export interface SetUpReport {
  readonly setUpUs: number
  /** With `open`; `null` for a peer. */
  readonly openedUs: number | null
}

type SetUp = (jobs: number) => Promise<SetUpReport>

const { contender, jobs }: SetUpTask = JSON.parse(process.argv[2] ?? '{}')
const setUp = contender.kind === 'peer' ? peer(contender.name) : await ours(contender.root, contender.schedule)
await setUp(10)
collectGarbage()
process.send?.(await setUp(jobs))

async function ours(root: string, schedule: OurSchedule): Promise<SetUp> {
  const { createMemoryBackend, createScheduler, cron, defineJob, every } = await loadModule({ root }, 'core')
  return async (count) => {
    const cpu = process.cpuUsage()
    const defined = Array.from({ length: count }, (_, job) =>
      defineJob({
        name: `job-${job}`,
        schedule: schedule === 'every' ? every({ milliseconds: PERIOD_MS.day }) : cron(PATTERN.day),
        handler: () => {},
      }),
    )
    const scheduler = createScheduler({ name: 'bench', jobs: defined, ...createMemoryBackend(), concurrency: Infinity })
    const setUpUs = cpuUs(cpu) / count
    await scheduler.open()
    return { setUpUs, openedUs: cpuUs(cpu) / count }
  }
}

function peer(name: PeerName): SetUp {
  return async (count) => {
    const cpu = process.cpuUsage()
    await PEERS[name].start({ jobs: count, period: 'day', onRun: () => {} })
    return { setUpUs: cpuUs(cpu) / count, openedUs: null }
  }
}

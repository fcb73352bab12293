import { MINUTE, type World } from './world.ts'

/** An incident of a real scheduler, the alert that a real Prometheus raises for it, and how it ends. */
export interface Incident {
  readonly alert: string
  readonly story: string
  /** How much faster than in production the rule's time passes, so that a second or a few are enough. */
  readonly timeScale: number
  /** The labels of the alert beside the scheduler and the severity. */
  readonly of?: Readonly<Record<string, string>>
  readonly severity?: 'critical' | 'warning'
  readonly jobLimit?: number
  /** Whether its runs wait in a queue for workers (default: they begin at once). */
  readonly isQueued?: boolean
  spoil(world: World): Promise<void>
  /** Without it, the alert ends by itself when nothing new happens. */
  mend?(world: World): Promise<void>
}

const JOB = { scheduler_job: 'poll' }
const PROVIDER = { provider: 'yahoo_finance' }
const SECONDS_FOR_MINUTES = 1 / 100
const SECONDS_FOR_AN_HOUR = 1 / 1_800
const SECONDS_FOR_A_DAY = 1 / 14_400
const hangs = () => new Promise<void>(() => {})
const fails = () => Promise.reject(new Error('no'))

const OF_JOBS: readonly Incident[] = [
  {
    alert: 'JobKeepsFailing',
    story: 'a job fails three times and then succeeds',
    timeScale: SECONDS_FOR_MINUTES,
    of: JOB,
    spoil: (world) => behave(world, fails, 3),
    mend: (world) => behave(world, () => {}, 1),
  },
  {
    alert: 'JobOverdue',
    story: 'a job has no success for two hours and then has one',
    timeScale: SECONDS_FOR_MINUTES,
    of: JOB,
    severity: 'critical',
    spoil: (world) => behave(world, fails, 120),
    mend: (world) => behave(world, () => {}, 1),
  },
  {
    alert: 'JobPauseLasts',
    story: 'a job is paused for a day',
    timeScale: SECONDS_FOR_A_DAY,
    of: JOB,
    async spoil({ manual }) {
      await manual.scheduler.pauseJob('poll')
      await manual.advance(2_000)
    },
    async mend({ manual }) {
      await manual.scheduler.resumeJob('poll')
      await manual.advance(2_000)
    },
  },
  {
    alert: 'QueueStalled',
    story: 'a run waits in a queue for a quarter of an hour until a worker is there',
    timeScale: SECONDS_FOR_MINUTES,
    of: JOB,
    isQueued: true,
    spoil: ({ pass }) => pass(15),
    mend: (world) => world.workerJoins(),
  },
  {
    alert: 'JobWithoutWorker',
    story: 'a run is queued before there is a worker',
    timeScale: SECONDS_FOR_MINUTES,
    of: JOB,
    severity: 'critical',
    isQueued: true,
    spoil: ({ pass }) => pass(2),
    mend: (world) => world.workerJoins(),
  },
  {
    alert: 'DueTimesMissed',
    story: 'a clock jumps over ten due times',
    timeScale: SECONDS_FOR_MINUTES,
    of: JOB,
    async spoil({ manual, pass }) {
      manual.clock.jumpWall(10 * MINUTE)
      await pass(2)
    },
  },
  {
    alert: 'RunsOrphaned',
    story: 'a process dies in the middle of a run',
    timeScale: SECONDS_FOR_MINUTES,
    of: JOB,
    async spoil(world) {
      await behave(world, hangs, 1)
      world.manual.crash()
      await world.manual.restart()
      await behave(world, () => {}, 2)
    },
  },
  {
    alert: 'RunsInterrupted',
    story: 'a shutdown breaks off a run',
    timeScale: SECONDS_FOR_MINUTES,
    of: JOB,
    async spoil(world) {
      await behave(world, hangs, 1)
      await world.manual.restart()
      await behave(world, () => {}, 1)
    },
  },
  {
    alert: 'RunsOverlap',
    story: 'a run goes on over six due times',
    timeScale: 1 / 600,
    of: JOB,
    spoil: (world) => behave(world, hangs, 7),
  },
]

const OF_SCHEDULERS: readonly Incident[] = [
  {
    alert: 'SchedulerInError',
    story: 'the store is down and comes back',
    timeScale: SECONDS_FOR_MINUTES,
    severity: 'critical',
    spoil: (world) => breakStore(world, true),
    mend: (world) => breakStore(world, false),
  },
  {
    alert: 'SchedulerStatusIsStale',
    story: 'the store is down for two minutes',
    timeScale: SECONDS_FOR_MINUTES,
    spoil: (world) => breakStore(world, true),
    mend: (world) => breakStore(world, false),
  },
  {
    alert: 'SchedulerPauseLasts',
    story: 'a scheduler is paused for a day',
    timeScale: SECONDS_FOR_A_DAY,
    async spoil({ manual }) {
      await manual.scheduler.pause()
      await manual.advance(2_000)
    },
    async mend({ manual }) {
      await manual.scheduler.resume()
      await manual.advance(2_000)
    },
  },
  {
    alert: 'JobsOverdueBesideTheSeries',
    story: 'a job without series of its own is overdue',
    timeScale: SECONDS_FOR_MINUTES,
    jobLimit: 0,
    spoil: (world) => behave(world, fails, 120),
    mend: (world) => behave(world, () => {}, 1),
  },
  {
    alert: 'TimeZoneDataDiffers',
    story: 'an instance with old time zone data stays beside a new one for an hour and then leaves',
    timeScale: SECONDS_FOR_AN_HOUR,
    spoil: (world) => world.joinWith('2024b'),
    mend: (world) => world.othersLeave(),
  },
]

const OF_SOURCES: readonly Incident[] = [
  {
    alert: 'ProviderFailing',
    story: 'a provider fails at every call',
    timeScale: SECONDS_FOR_MINUTES,
    of: PROVIDER,
    spoil: (world) =>
      behave(
        world,
        ({ recordCall }) =>
          recordCall({ provider: 'yahoo_finance', outcome: 'failed', answered: true, durationMs: 10 }),
        3,
      ),
  },
  {
    alert: 'ProviderCircuitOpen',
    story: 'the circuit of a provider opens and closes',
    timeScale: SECONDS_FOR_MINUTES,
    of: PROVIDER,
    async spoil(world) {
      world.circuit = 'open'
      await world.pass(1)
    },
    async mend(world) {
      world.circuit = 'closed'
      await world.pass(1)
    },
  },
  {
    alert: 'FeedsExpired',
    story: 'a feed expires and is fetched again',
    timeScale: SECONDS_FOR_MINUTES,
    async spoil(world) {
      world.feed = 'expired'
      await world.pass(1)
    },
    async mend(world) {
      world.feed = 'fresh'
      await world.pass(1)
    },
  },
]

export const INCIDENTS = [...OF_JOBS, ...OF_SCHEDULERS, ...OF_SOURCES]

async function behave(world: World, handler: World['handler'], minutes: number): Promise<void> {
  world.handler = handler
  await world.pass(minutes)
}

async function breakStore(world: World, isDown: boolean): Promise<void> {
  world.storeIsDown = isDown
  await world.pass(2)
}

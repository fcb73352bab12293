import type { StoreTimeReading } from '../host/corrected-clock.ts'
import { randomInstanceId } from '../ids.ts'
import type { ClaimedRun } from '../ports/job-changes.ts'
import { REPORTED_SKEW_MS, type SchedulerContext } from '../scheduler-context.ts'
import { createDefiner, type Definer } from './define/definer.ts'
import { createObserver } from './observer.ts'
import { createActiveRuns } from './run/active-runs.ts'
import type { InstanceContext } from './run/instance-context.ts'
import { createMessageCounts } from './run/message-counts.ts'
import { createRunReports } from './run/run-reports.ts'
import { createRuntime, type Runtime } from './runtime.ts'
import { readFleet } from './upkeep/fleet-watcher.ts'
import { createWorkerRuntime } from './worker-runtime.ts'

/** The services of an instance, and what tells the store of its jobs. */
export interface Entered extends Runtime {
  readonly enter: Definer['enter']
  /** Claimed on entering, to be started once it is open. */
  readonly firstRuns: readonly ClaimedRun[]
}

/** What one `open` stands on: an id of its own, and no run yet. */
export function newInstance<S extends object>(context: SchedulerContext<S>): InstanceContext<S> {
  return {
    ...context,
    instance: randomInstanceId(),
    leaseMs: context.options.leaseMs,
    queueTimeoutMs: context.handOver?.queueTimeoutMs ?? null,
    messages: createMessageCounts(),
    active: createActiveRuns(),
    reports: createRunReports(context),
  }
}

/** Connects to the engine and tells the store of the jobs. `replan` is called when the clock was corrected by the store's. */
export async function enterWithJobs<S extends object>(
  instance: InstanceContext<S>,
  { replan }: { readonly replan: () => void },
): Promise<Entered> {
  const onStoreTime = (reading: StoreTimeReading) => {
    if (followStoreTime(instance, reading)) replan()
  }
  const { handOver, options } = instance
  const definer = createDefiner<S>(instance)
  try {
    await handOver?.open()
    const firstRuns = await definer.enter()
    const runtime =
      options.role === 'worker'
        ? createWorkerRuntime<S>(instance, { onStoreTime, definer })
        : createRuntime<S>(instance, { onStoreTime, definer })
    return { ...runtime, enter: definer.enter, firstRuns }
  } catch (error) {
    await handOver?.close()
    throw error
  }
}

/** Checks the store and makes the scheduler known there, in case no instance was ever there. Registers nothing else. */
export async function enterAsObserver<S extends object>(instance: InstanceContext<S>): Promise<Entered> {
  const { scheduler, store, units, clock } = instance
  await units.run('register', async (session) => {
    await store.register(session, { scheduler, now: clock.now(), jobs: [] })
    await readFleet(instance, session)
  })
  return { ...createObserver<S>(instance), enter: async () => [], firstRuns: [] }
}

/** Corrects the clock by the store's. Returns whether that changed the time. */
function followStoreTime<S extends object>(
  { options, clock, logger }: SchedulerContext<S>,
  reading: StoreTimeReading,
): boolean {
  if (!options.followStoreClock) return false
  const before = clock.skewMs
  clock.learn(reading)
  const { skewMs } = clock
  if (skewMs === before) return false
  const isFar = Math.abs(skewMs) > REPORTED_SKEW_MS
  if (isFar) logger.warn({ skewMs }, "This host's clock differs from the store's, which is followed")
  else logger.debug({ skewMs }, "The clock was corrected by the store's")
  return true
}

import {
  createMemoryBackend,
  defineJob,
  every,
  type JobHandler,
  type MemorySession,
  silentLogger,
  systemClock,
} from '@pm/scheduler-core'
import { occurrenceId, randomInstanceId } from '@pm/scheduler-core/store'
import { createCorrectedClock } from '../../../packages/scheduler-core/src/host/corrected-clock.ts'
import { createAlarms } from '../../../packages/scheduler-core/src/loop/alarms.ts'
// The executor is no part of what the package exports.
import { createToStoredError } from '../../../packages/scheduler-core/src/run/stored-error.ts'
import { createActiveRuns } from '../../../packages/scheduler-core/src/runtime/run/active-runs.ts'
import { createExecutor } from '../../../packages/scheduler-core/src/runtime/run/executor.ts'
import { createLeaseWatch } from '../../../packages/scheduler-core/src/runtime/run/lease-watch.ts'
import type { RunExecution } from '../../../packages/scheduler-core/src/runtime/run/run-execution.ts'
import { createAbandonedHandlers } from '../../../packages/scheduler-core/src/state/abandoned-handlers.ts'
import { createProviderNames } from '../../../packages/scheduler-core/src/state/provider-names.ts'
import { cpuNsPer } from '../report/measure.ts'
import type { RunsToMeasure } from './whole-path.ts'

/** What the executor adds to one run of a handler: context, timeout, outcome. Its outcomes are written nowhere. */
export async function measureExecutor(
  handler: JobHandler<unknown>,
  { runs, warmUp, atATime }: RunsToMeasure,
): Promise<number> {
  const job = defineJob<MemorySession>({ name: 'job', schedule: every({ seconds: 1 }), handler })
  const { sessions, store } = createMemoryBackend()
  const active = createActiveRuns()
  const context = {
    scheduler: 'bench',
    instance: randomInstanceId(),
    leaseMs: 30_000,
    jobs: new Map([[job.name, job]]),
    active,
    sessions,
    store,
    clock: createCorrectedClock(systemClock),
    logger: silentLogger,
    toStoredError: createToStoredError({ redact: (text) => text }),
    options: { redact: (text: string) => text, storeStacks: false },
    providers: { isEnabled: () => true },
    events: { emit: () => {}, isHeard: () => false },
    abandoned: createAbandonedHandlers({ keepPlaces: true }),
    providerNames: createProviderNames({ jobs: new Map([[job.name, job]]), isDescribed: () => false }),
    reports: { settled: () => {}, orphaned: () => {}, unrun: () => {} },
  }
  const executor = createExecutor<MemorySession>(context, {
    settler: { settle: (outcome) => queueMicrotask(() => outcome.onResult('settled', outcome.settlement)) },
    releaser: { release: (_, onDone) => queueMicrotask(() => onDone({ isReleased: true })) },
    notes: { waits: () => {}, begins: () => Promise.resolve(true) },
    gate: { isOpen: () => true, whenOpen: () => Promise.resolve() },
    leases: createLeaseWatch(context),
    alarms: createAlarms(systemClock),
    onOver: () => {},
  })
  const claims = Array.from({ length: atATime }, (_, index) => claimOf(index))
  const first = claimOf(0)
  const run = async (count: number) => {
    for (let done = 0; done < count; done += atATime) {
      if (atATime === 1) await executor.execute(first)
      else await Promise.all(claims.map((claim) => executor.execute(claim)))
    }
  }
  await run(warmUp)
  return cpuNsPer(runs, () => run(runs))
}

function claimOf(index: number): RunExecution['claim'] {
  const key = { scheduler: 'bench', job: 'job', scheduledFor: index * 1_000 }
  const { job, scheduledFor } = key
  return {
    id: occurrenceId(key),
    job,
    fence: 1,
    attempt: 1,
    trigger: 'schedule',
    scheduledFor,
    startedAt: scheduledFor,
    leaseUntil: Number.MAX_SAFE_INTEGER,
    latenessMs: 0,
  }
}

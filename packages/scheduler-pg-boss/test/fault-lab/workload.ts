import { setTimeout as sleep } from 'node:timers/promises'

import { every, type JobOptions, type RunContext } from '@pm/scheduler-core'
import type { HistoryTeller } from '@pm/scheduler-testing'
import type { EntityManager } from 'typeorm'

type Job = Omit<JobOptions<EntityManager>, 'schedule'>

/** Their due times must run, however late. */
const PLAIN_JOBS = 10
const PLAIN_MS = 250

const MUST_RUN = { overlapPolicy: 'allow', misfirePolicy: 'run-all', misfireGraceMs: 120_000 } as const

/**
 * Plain jobs, and one of each kind on which a fault may act differently: by overlap policy, misfire policy, orphan policy
 * and retries. About fifty due times a second.
 */
function workload(): readonly (readonly [periodMs: number, job: Job])[] {
  const plain = Array.from({ length: PLAIN_JOBS }, (_, index) => {
    return [PLAIN_MS, { name: `plain-${index}`, ...MUST_RUN, handler: () => sleep(5) }] as const
  })
  return [
    ...plain,
    [500, { name: 'slow', handler: () => sleep(700) }],
    [400, { name: 'buffered', overlapPolicy: 'buffer-one', handler: () => sleep(450) }],
    [400, { name: 'replaced', overlapPolicy: 'cancel-running', handler: ({ signal }) => untilAborted(signal, 2_000) }],
    [500, { name: 'again', ...MUST_RUN, onOrphan: 'rerun', retry: { maxAttempts: 5 }, handler: () => sleep(300) }],
    [400, { name: 'flaky', retry: { maxAttempts: 3, backoffMs: 20 }, handler: failAtFirst }],
    [400, { name: 'urgent', ...MUST_RUN, priority: 900, handler: () => sleep(5) }],
    [400, { name: 'apart', ...MUST_RUN, queue: 'apart', handler: () => sleep(5) }],
  ]
}

/** How often each job is due. */
export const PERIODS_MS: ReadonlyMap<string, number> = new Map(
  workload().map(([periodMs, { name }]) => [name, periodMs] as const),
)

/** Of a job that has to run each of its due times, those that the policy gives up after an outage are older than this. */
export function givesUpAfterMs(name: string): number | null {
  const [periodMs, job] = workload().find(([, each]) => each.name === name) ?? []
  return periodMs !== undefined && job?.misfirePolicy === MUST_RUN.misfirePolicy ? MOST_CAUGHT_UP * periodMs : null
}

/** What `run-all` runs at most. */
const MOST_CAUGHT_UP = 100

/** The jobs as a process has them: each handler tells what it does. */
export function jobsOf(teller: HistoryTeller): readonly JobOptions<EntityManager>[] {
  return workload().map(([milliseconds, job]) => {
    return { ...job, schedule: every({ milliseconds }), handler: teller.handler(job.handler) }
  })
}

async function failAtFirst({ attempt }: RunContext<EntityManager>): Promise<void> {
  await sleep(5)
  if (attempt === 1) throw new Error('The first attempt fails.')
}

/** Waits for the next run to cancel this one; of the last run that does not come. */
async function untilAborted(signal: AbortSignal, mostMs: number): Promise<void> {
  await sleep(mostMs, undefined, { signal }).catch(() => {})
}

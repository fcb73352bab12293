import { setTimeout as sleep } from 'node:timers/promises'

import { every, type JobHandler, type JobOptions, type RunContext } from '@pm/scheduler-core'
import type { Failpoints, HistoryTeller } from '@pm/scheduler-testing'
import type { EntityManager } from 'typeorm'

/** What a crashing process works at. */
export type WorkloadName = keyof typeof WORKLOADS

type Job = Omit<JobOptions<EntityManager>, 'schedule'>

/**
 * Every kind of job that a crash could treat differently: by overlap, misfire, orphan policy, retries. Every second one
 * completes its runs itself. Twenty due times a second.
 */
function mixed(): readonly [periodMs: number, job: Job][] {
  return [
    [200, { name: 'quick', handler: () => sleep(5) }],
    [500, { name: 'slow', handler: () => sleep(700) }],
    [400, { name: 'buffered', overlapPolicy: 'buffer-one', handler: () => sleep(450) }],
    [400, { name: 'replaced', overlapPolicy: 'cancel-running', handler: ({ signal }) => untilAborted(signal) }],
    [300, { name: 'caught-up', misfirePolicy: 'run-all', misfireGraceMs: 10_000, handler: () => sleep(5) }],
    [500, { name: 'again', onOrphan: 'rerun', retry: { maxAttempts: 5 }, handler: () => sleep(200) }],
    [400, { name: 'flaky', retry: { maxAttempts: 3, backoffMs: 20 }, handler: failAtFirst }],
    [86_400_000, { name: 'by-hand', overlapPolicy: 'allow', handler: ({ signal }) => untilAborted(signal) }],
  ]
}

/** Runs that outlast a process's standstill, so that it goes on with leases that are no longer its own. */
function long(): readonly [periodMs: number, job: Job][] {
  return Array.from({ length: 10 }, (_, index) => [
    500,
    {
      name: `long-${index}`,
      handler: ({ signal }) => Promise.race([sleep(2_000 + 100 * index), untilAborted(signal)]),
    },
  ])
}

/** Many due times for several instances to compete for; each is to run, however late it may get on a busy machine. */
function many(): readonly [periodMs: number, job: Job][] {
  const policies = { overlapPolicy: 'allow', misfirePolicy: 'run-all', misfireGraceMs: 60_000 } as const
  return Array.from({ length: 20 }, (_, index) => [
    200,
    { name: `many-${index}`, ...policies, handler: () => sleep(1) },
  ])
}

const WORKLOADS = { mixed, long, many }

/** How often each job of a workload is due. */
export function periodsOf(workload: WorkloadName): ReadonlyMap<string, number> {
  return new Map(WORKLOADS[workload]().map(([periodMs, { name }]) => [name, periodMs] as const))
}

/** The jobs of a workload, told to the history and with failpoints around them. */
export function jobsOf(
  workload: WorkloadName,
  teller: HistoryTeller,
  failpoints: Failpoints,
): readonly JobOptions<EntityManager>[] {
  return WORKLOADS[workload]().map(([milliseconds, job], index) => {
    const told = teller.handler(job.handler)
    const completes = workload === 'mixed' && index % 2 === 0
    const handler = failpoints.handler(completes ? completing(told) : told)
    return { ...job, schedule: every({ milliseconds }), handler }
  })
}

/** Succeeds in a transaction of its own. Its end is told before, since a crash after the commit finds it succeeded. */
function completing(work: JobHandler<EntityManager>): JobHandler<EntityManager> {
  return async (context) => {
    await work(context)
    await context.withSession((session) => context.complete(session))
  }
}

async function failAtFirst({ attempt }: RunContext<EntityManager>): Promise<void> {
  await sleep(5)
  if (attempt === 1) throw new Error('The first attempt fails.')
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

import { setTimeout as sleep } from 'node:timers/promises'

import { every, type JobHandler, type JobOptions, type RunContext } from '@pm/scheduler-core'
import type { Failpoints, HistoryTeller } from '@pm/scheduler-testing'
import type { EntityManager } from 'typeorm'

/** The name of a workload. */
export type WorkloadName = keyof typeof WORKLOADS

type Job = Omit<JobOptions<EntityManager>, 'schedule'>

/**
 * Jobs of every kind on which a crash may act differently: by overlap policy, misfire policy, orphan policy and
 * retries. Every second job calls `ctx.complete`. Twenty due times a second.
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
    [
      86_400_000,
      { name: 'unended', overlapPolicy: 'allow', onOrphan: 'rerun', retry: { maxAttempts: 5 }, handler: endAtSecond },
    ],
    [86_400_000, { name: 'by-hand', overlapPolicy: 'allow', handler: ({ signal }) => untilAborted(signal) }],
  ]
}

/** Every orphan is run again, whichever run a process dies in. Twelve due times a second. */
function rerun(): readonly [periodMs: number, job: Job][] {
  return Array.from({ length: 5 }, (_, index) => [
    300 + 50 * index,
    { name: `again-${index}`, onOrphan: 'rerun', retry: { maxAttempts: 5 }, handler: () => sleep(100) },
  ])
}

/** Runs that last longer than a process is stopped, so that it continues with leases that it has lost. */
function long(): readonly [periodMs: number, job: Job][] {
  return Array.from({ length: 10 }, (_, index) => [
    500,
    {
      name: `long-${index}`,
      handler: ({ signal }) => Promise.race([sleep(2_000 + 100 * index), untilAborted(signal)]),
    },
  ])
}

/** Many due times for which several instances compete. Each must run, however late on a busy machine. */
function many(): readonly [periodMs: number, job: Job][] {
  const policies = { overlapPolicy: 'allow', misfirePolicy: 'run-all', misfireGraceMs: 60_000 } as const
  return Array.from({ length: 20 }, (_, index) => [
    200,
    { name: `many-${index}`, ...policies, handler: () => sleep(1) },
  ])
}

/** Runs that an engine carries to a worker, where a crash may lose them on the way. Twelve due times a second. */
function queued(): readonly [periodMs: number, job: Job][] {
  return Array.from({ length: 5 }, (_, index) => [
    300 + 50 * index,
    { name: `queued-${index}`, overlapPolicy: 'allow', retry: { maxAttempts: 2 }, handler: () => sleep(20) },
  ])
}

const WORKLOADS = { mixed, rerun, long, many, queued }

/** How often each job of a workload is due. */
export function periodsOf(workload: WorkloadName): ReadonlyMap<string, number> {
  return new Map(WORKLOADS[workload]().map(([periodMs, { name }]) => [name, periodMs] as const))
}

/** The jobs of a workload, which write to the history and pass failpoints. */
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

/**
 * Completes the run in its own transaction. The history records the end before the commit, since after it a crash
 * leaves a succeeded run.
 */
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

/** Goes on until a shutdown or a crash breaks it off. */
async function endAtSecond({ attempt, signal }: RunContext<EntityManager>): Promise<void> {
  if (attempt === 1) await untilAborted(signal)
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

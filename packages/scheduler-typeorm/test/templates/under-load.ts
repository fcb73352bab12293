import { setTimeout as sleep } from 'node:timers/promises'

import { createScheduler, defineJob, defineJobTemplate, every, type JobAudit, z } from '@pm/scheduler-core'
import type { DataSource, EntityManager } from 'typeorm'

import { createTypeormSessions } from '../../src/sessions/create-typeorm-sessions.ts'
import { createTypeormStore } from '../../src/store/create-typeorm-store.ts'
import { createTurnMeter } from './turn-meter.ts'

/** Jobs in code, each due every second. */
export const SECONDLY = 20
const BATCH = 100
/** Of a job of the template; the jobs are spread over it. */
const PERIOD_MS = 300_000

/** What happened to the jobs of every second while something else went on. */
export interface Stretch {
  readonly what: string
  readonly tookMs: number
  /** How late the latest of them started. */
  readonly latestMs: number
  readonly medianMs: number
  /** The longest turn of the event loop, on the processor. */
  readonly turnMs: number
  readonly runs: number
}

export interface UnderLoad {
  readonly stretches: readonly Stretch[]
  /** The jobs with due times that nothing accounts for, as JSON. */
  readonly unexplained: readonly string[]
  /** Missed due times: of all jobs until those of the template were removed, and of those in code until the end. */
  readonly missed: number
  /** Due times that were skipped, because the run before had not settled. */
  readonly skipped: number
  /** Due times that had come and not started when their job was removed. */
  readonly givenUp: number
  /** How many jobs of the template the other process knew when all were made. */
  readonly knownBeside: number
}

export interface UnderLoadOptions {
  readonly dataSources: readonly [DataSource, DataSource]
  readonly schema: string
  readonly jobs: number
  readonly idleMs: number
}

/** Makes, changes and removes so many jobs of a template while others run every second, in a process beside another. */
export async function workUnderLoad({ dataSources, schema, jobs, idleMs }: UnderLoadOptions): Promise<UnderLoad> {
  const late: number[] = []
  const secondly = Array.from({ length: SECONDLY }, (_, index) =>
    defineJob<EntityManager>({
      name: `secondly:${index}`,
      schedule: every({ seconds: 1 }),
      handler: ({ scheduledFor }) => void late.push(Date.now() - (scheduledFor ?? 0)),
    }),
  )
  const [scheduler, beside] = dataSources.map((dataSource, index) =>
    createScheduler<EntityManager>({
      name: 'load',
      jobs: index === 0 ? secondly : [],
      templates: [
        defineJobTemplate<EntityManager, { tenant: string }>({
          name: 'report',
          params: z.object({ tenant: z.string() }),
          handler: () => {},
        }),
      ],
      sessions: createTypeormSessions(dataSource),
      store: createTypeormStore({ schema }),
    }),
  )
  if (!scheduler || !beside) throw new Error('There are two.')
  await scheduler.open()
  await beside.open()
  const stretches: Stretch[] = []

  async function stretch(what: string, work: () => Promise<unknown>): Promise<void> {
    late.length = 0
    const meter = createTurnMeter()
    const began = performance.now()
    await work()
    const tookMs = performance.now() - began
    meter.stop()
    const sorted = late.toSorted((a, b) => a - b)
    const [latestMs, medianMs] = [sorted.at(-1) ?? 0, sorted[Math.floor(sorted.length / 2)] ?? 0]
    stretches.push({ what, tookMs, latestMs, medianMs, turnMs: meter.longestMs, runs: sorted.length })
  }

  const began = Date.now()
  await sleep(3_000)
  await stretch('alone', () => sleep(idleMs))
  const names = Array.from({ length: jobs }, (_, index) => `report:${index}`)
  await stretch('made', () => inBatches(names, (batch) => scheduler.createJobs(batch.map(madeFor))))
  await stretch('with them', () => sleep(idleMs))
  const knownBeside = beside.jobNames.filter((name) => name.startsWith('report:')).length
  await stretch('changed', () => inBatches(names, (batch) => scheduler.updateJobs(batch.map(changedTo))))
  await stretch('one changed', () => scheduler.updateJobs([{ name: 'report:0', priority: 7 }]))
  const kept = await scheduler.audit({ from: began, to: Date.now() - 5_000 })
  await stretch('removed', () => inBatches(names, (batch) => scheduler.removeJobs(batch)))
  await stretch('alone again', () => sleep(idleMs))
  const all = await scheduler.audit({ from: began, to: Date.now() - 2_000 })
  await scheduler.close()
  await beside.close()
  return {
    stretches,
    unexplained: [...kept, ...all].filter(isUnexplained).map((audit) => JSON.stringify(audit)),
    missed: missedIn(kept.filter(({ job }) => !isOfCode(job))) + missedIn(all.filter(({ job }) => isOfCode(job))),
    skipped: all.reduce((sum, audit) => sum + audit.skipped, 0),
    givenUp: missedIn(all.filter(({ job }) => !isOfCode(job))),
    knownBeside,
  }
}

function isUnexplained({ unexplained }: JobAudit): boolean {
  return unexplained.length > 0
}

function isOfCode(job: string): boolean {
  return job.startsWith('secondly')
}

function missedIn(audits: readonly JobAudit[]): number {
  return audits.reduce((sum, { missed }) => sum + missed, 0)
}

function madeFor(name: string, index: number) {
  const anchorAt = (Number(name.split(':')[1]) * 7_919) % PERIOD_MS
  return {
    template: 'report',
    name,
    schedule: { kind: 'every', periodMs: PERIOD_MS, anchorAt } as const,
    params: { tenant: `tenant ${index}` },
    tags: ['tenant'],
  }
}

function changedTo(name: string) {
  return { name, params: { tenant: 'another' }, schedule: { ...madeFor(name, 0).schedule, periodMs: PERIOD_MS / 2 } }
}

async function inBatches<T>(all: readonly T[], act: (batch: readonly T[]) => Promise<unknown>): Promise<void> {
  for (let first = 0; first < all.length; first += BATCH) await act(all.slice(first, first + BATCH))
}

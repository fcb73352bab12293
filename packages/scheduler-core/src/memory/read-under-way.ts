import type { EpochMs } from '../clock.ts'
import type { InstanceLoad } from '../ports/definitions.ts'
import type { InstanceMeasures, JobMeasures } from '../ports/measures.ts'
import { unmetByRun } from '../run/unmet.ts'
import type { JobData } from './state/job-data.ts'
import type { SchedulerData } from './state/scheduler-data.ts'

type UnderWay = Pick<JobMeasures, 'running' | 'queued' | 'oldestQueuedAt' | 'latestStartAt' | 'runningDueAt'>

/** Claims are not in the order of their starts where the clocks of instances differ. */
export function measureUnderWay({ oldest, latestOutcomes: { lastSuccessAt } }: JobData): UnderWay {
  if (oldest === null) return NOTHING_UNDER_WAY
  const measured = { ...NOTHING_UNDER_WAY }
  for (let row: JobData['oldest'] = oldest; row !== null; row = row.next) {
    const { entry } = row
    if (row.isQueued) {
      measured.queued++
      measured.oldestQueuedAt = extreme(Math.min, measured.oldestQueuedAt, entry.queuedAt)
    } else {
      measured.running++
      measured.latestStartAt = extreme(Math.max, measured.latestStartAt, entry.startedAt)
    }
    const due = unmetByRun(entry)?.from ?? null
    const isAfter = due !== null && (lastSuccessAt === null || due > lastSuccessAt)
    if (isAfter) measured.runningDueAt = extreme(Math.min, measured.runningDueAt, due)
  }
  return measured
}

const NOTHING_UNDER_WAY = Object.freeze({
  running: 0,
  queued: 0,
  oldestQueuedAt: null as EpochMs | null,
  latestStartAt: null as EpochMs | null,
  runningDueAt: null as EpochMs | null,
})

function extreme(of: typeof Math.min, a: EpochMs | null, b: EpochMs | null): EpochMs | null {
  return a === null || b === null ? (a ?? b) : of(a, b)
}

export function measureInstances({ instances, loads, jobs }: SchedulerData): InstanceMeasures[] {
  const held = new Map<string, number>()
  for (const { running } of jobs.values()) {
    for (const { entry } of running) {
      const isHeld = entry.releasedAt === null && entry.state === 'running'
      if (isHeld) held.set(entry.owner, (held.get(entry.owner) ?? 0) + 1)
    }
  }
  return [...instances.values()]
    .filter(({ leftAt }) => leftAt === null)
    .map((life) => ({ ...life, ...(loads.get(life.instance) ?? NO_LOAD), running: held.get(life.instance) ?? 0 }))
    .sort((a, b) => (a.instance < b.instance ? -1 : 1))
}

const NO_LOAD: InstanceLoad = Object.freeze({ concurrency: null, droppedMessages: 0, leftMessages: 0 })

/** How many live workers have each job; a job that none has is not among them. */
export function workersOf({ instances, holdings }: SchedulerData, asOf: EpochMs): ReadonlyMap<string, number> {
  const workers = new Map<string, number>()
  for (const { instance, role, leftAt, lastSeenAt, leaseMs } of instances.values()) {
    if (role !== 'worker' || leftAt !== null || asOf - lastSeenAt > leaseMs) continue
    for (const job of holdings.get(instance)?.keys() ?? []) workers.set(job, (workers.get(job) ?? 0) + 1)
  }
  return workers
}

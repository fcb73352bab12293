import type { InstanceId, RunId } from '../../ids.ts'
import { ChurningMap } from '../../loop/churning-map.ts'
import type { JobLedger, RunningRun } from '../../ports/locked-jobs.ts'
import type { RunExecution } from './run-execution.ts'

/** The runs that this instance has claimed or taken over, and not yet settled. */
export interface ActiveRuns {
  readonly size: number
  readonly executions: Iterable<RunExecution>
  get(id: RunId): RunExecution | undefined
  add(execution: RunExecution): void
  /** Removes a run that is over here. Unless it was settled, the ledger may call it running for a while yet. */
  remove(execution: RunExecution, outcome: { readonly isSettled: boolean }): void
  /** Marks a run as being claimed right now, so that it is not taken for a forgotten one. */
  reserve(id: RunId): void
  /** Drops a run that will not be executed here. Does nothing once it is executed. */
  release(id: RunId): void
  /**
   * Runs that belong to this instance in the ledger but never started here: their claim was committed although its
   * answer never came. They are safe to start, since only this process could have started them. Not those that have
   * `ended` since before the ledger was read: a store may settle a run while its job is locked.
   */
  forgotten(ledger: JobLedger, owner: InstanceId, ended: ReadonlySet<RunId>): readonly RunningRun[]
  /** Notes the runs that end here from now on, until `stop`. */
  watchEnds(): EndWatch
  /** Whether a run is being claimed, or is under way here. */
  has(id: RunId): boolean
  /** Resolves when there are no active runs. */
  whenEmpty(): Promise<void>
}

export interface EndWatch {
  readonly ended: ReadonlySet<RunId>
  stop(): void
}

/** A run to start here: newly claimed, or claimed before and forgotten. */
export type Claim = RunExecution['claim']

export function createActiveRuns(): ActiveRuns {
  /** `null` while a run is being claimed or taken over. */
  const runs = new ChurningMap<RunId, RunExecution | null>()
  /** By job, the runs that started here and were given up. The sweep has yet to find them. */
  const givenUp = new Map<string, readonly RunId[]>()
  const waiting = new Set<() => void>()
  const watches = new Set<Set<RunId>>()

  function reserve(id: RunId): void {
    if (!runs.has(id)) runs.set(id, null)
  }

  function noticeEmpty(): void {
    if (runs.size > 0 || waiting.size === 0) return
    for (const resolve of waiting) resolve()
    waiting.clear()
  }

  function* executions(): Iterable<RunExecution> {
    for (const execution of runs.values()) if (execution) yield execution
  }

  return {
    get size() {
      return runs.size
    },
    get executions() {
      return executions()
    },
    get: (id) => runs.get(id) ?? undefined,
    add(execution) {
      runs.set(execution.claim.id, execution)
    },
    remove({ claim: { id, job } }, { isSettled }) {
      runs.delete(id)
      for (const ended of watches) ended.add(id)
      if (!isSettled) givenUp.set(job, [...(givenUp.get(job) ?? []), id])
      noticeEmpty()
    },
    reserve,
    release(id) {
      if (runs.get(id)) return
      runs.delete(id)
      noticeEmpty()
    },
    forgotten({ job, running }, owner, ended) {
      if (running.length === 0 && givenUp.size === 0) return running
      const gone = givenUp.get(job)?.filter((id) => running.some((run) => run.id === id)) ?? NONE
      if (gone.length > 0) givenUp.set(job, gone)
      else givenUp.delete(job)
      return running.filter(
        ({ id, state, owner: owns, releasedAt }) =>
          state === 'running' &&
          owns === owner &&
          releasedAt === null &&
          !runs.has(id) &&
          !gone.includes(id) &&
          !ended.has(id),
      )
    },
    watchEnds() {
      const ended = new Set<RunId>()
      watches.add(ended)
      return { ended, stop: () => void watches.delete(ended) }
    },
    has: (id) => runs.has(id),
    whenEmpty() {
      if (runs.size === 0) return Promise.resolve()
      return new Promise((resolve) => waiting.add(resolve))
    },
  }
}

const NONE: readonly RunId[] = Object.freeze([])

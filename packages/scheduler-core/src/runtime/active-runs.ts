import type { InstanceId, RunId } from '../ids.ts'
import type { JobLedger, RunningRun } from '../ports/store.ts'
import type { RunExecution } from './run-execution.ts'

/** The runs that this instance has claimed and not yet settled. */
export interface ActiveRuns {
  readonly size: number
  readonly executions: Iterable<RunExecution>
  get(id: RunId): RunExecution | undefined
  add(execution: RunExecution): void
  /** It is over here. Unless it was settled, the ledger may call it running for a while yet. */
  remove(execution: RunExecution, outcome: { readonly isSettled: boolean }): void
  /** Marks a run as being claimed right now, so that nobody takes it for one that was forgotten. */
  reserve(id: RunId): void
  release(id: RunId): void
  /**
   * Runs that the ledger says are ours and that never started here: their claim was committed although its answer
   * never came. They are safe to start, since this process alone could have started them.
   */
  forgotten(ledger: JobLedger, owner: InstanceId): readonly RunningRun[]
  /** Resolves when there is none. */
  whenEmpty(): Promise<void>
}

export function createActiveRuns(): ActiveRuns {
  const executions = new Map<RunId, RunExecution>()
  const reserved = new Set<RunId>()
  /** By job, what started here and was given up: the sweep has yet to find it. */
  const givenUp = new Map<string, readonly RunId[]>()
  const waiting = new Set<() => void>()

  function noticeEmpty(): void {
    if (executions.size > 0 || reserved.size > 0) return
    for (const resolve of waiting) resolve()
    waiting.clear()
  }

  return {
    get size() {
      return executions.size + reserved.size
    },
    get executions() {
      return executions.values()
    },
    get: (id) => executions.get(id),
    add(execution) {
      executions.set(execution.claim.id, execution)
      reserved.delete(execution.claim.id)
    },
    remove({ claim: { id, job } }, { isSettled }) {
      executions.delete(id)
      if (!isSettled) givenUp.set(job, [...(givenUp.get(job) ?? []), id])
      noticeEmpty()
    },
    reserve: (id) => void reserved.add(id),
    release(id) {
      reserved.delete(id)
      noticeEmpty()
    },
    forgotten({ job, running }, owner) {
      const gone = givenUp.get(job)?.filter((id) => running.some((run) => run.id === id)) ?? NONE
      if (gone.length > 0) givenUp.set(job, gone)
      else givenUp.delete(job)
      const isKnown = ({ id }: RunningRun) => executions.has(id) || reserved.has(id) || gone.includes(id)
      return running.filter((run) => run.owner === owner && !isKnown(run))
    },
    whenEmpty() {
      if (executions.size === 0 && reserved.size === 0) return Promise.resolve()
      return new Promise((resolve) => waiting.add(resolve))
    },
  }
}

const NONE: readonly RunId[] = Object.freeze([])

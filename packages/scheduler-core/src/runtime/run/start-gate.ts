import { type Clock, sleep } from '../../clock.ts'
import { mayStart, pauseEndOf } from '../../plan/inactive.ts'
import type { SchedulerState } from '../../state/scheduler-state.ts'

/** Holds back what may not start while its job or the scheduler is paused or stopped. */
export interface StartGate {
  /** Whether attempts of this job may begin now. */
  isOpen(job: string): boolean
  /** Resolves when attempts of this job may begin, or when the signal aborts. */
  whenOpen(job: string, signal: AbortSignal): Promise<void>
}

export function createStartGate({
  state,
  clock,
}: {
  readonly state: Pick<SchedulerState, 'control' | 'onControl'>
  readonly clock: Clock
}): StartGate {
  function isOpen(job: string): boolean {
    return state.control === null || mayStart(state.control, job, clock.now())
  }

  return {
    isOpen,
    async whenOpen(job, signal) {
      while (!signal.aborted && !isOpen(job)) {
        const changed = new AbortController()
        const stopWatching = state.onControl(() => changed.abort())
        const end = state.control ? pauseEndOf(state.control, job, clock.now()) : null
        await sleep(clock, (end ?? Infinity) - clock.now(), AbortSignal.any([signal, changed.signal]))
        stopWatching()
      }
    },
  }
}

import type { SchedulerEvents } from '../events.ts'
import { callSafely } from '../host/call-safely.ts'
import type { Logger } from '../ports/logger.ts'

export interface Emitter {
  on<E extends keyof SchedulerEvents>(event: E, listener: (event: SchedulerEvents[E]) => void): () => void
  emit<E extends keyof SchedulerEvents>(event: E, value: SchedulerEvents[E]): void
  /** Whether anybody listens: what is told of every run is not made for nobody. */
  isHeard(event: keyof SchedulerEvents): boolean
}

type Listeners = { [E in keyof SchedulerEvents]: Set<(event: SchedulerEvents[E]) => void> }

/** Calls listeners in the order in which they were added. When one throws or rejects, it logs the error and goes on. */
export function createEmitter(logger: Logger): Emitter {
  const failed = (event: string, value: object, error: unknown) =>
    logger.error({ event, ...subjectOf(value), err: error }, 'A listener threw')
  const listeners: Listeners = {
    opened: new Set(),
    closing: new Set(),
    'run-started': new Set(),
    'run-progress': new Set(),
    'run-settled': new Set(),
    'run-released': new Set(),
    'due-times-not-run': new Set(),
    'outcome-refused': new Set(),
    'outcome-reduced': new Set(),
    'state-changed': new Set(),
  }
  return {
    on(event, listener) {
      // A new function, so that the same listener can be added twice and removed once.
      const own: typeof listener = (value) => listener(value)
      listeners[event].add(own)
      return () => void listeners[event].delete(own)
    },
    isHeard: (event) => listeners[event].size > 0,
    emit(event, value) {
      for (const listener of listeners[event])
        callSafely(
          () => listener(value),
          (error) => failed(event, value, error),
        )
    },
  }
}

/** The job and the run that an event is about, where it is about one. */
function subjectOf(event: object): object {
  return { ...('job' in event && { job: event.job }), ...('runId' in event && { runId: event.runId }) }
}

import type { Engine } from './ports/engine.ts'
import type { SchedulerOptions } from './scheduler-options.ts'

/** The options of `createWorker`. `S` is the session type of provider, store and engine. */
export interface WorkerOptions<S extends object>
  extends Omit<
    SchedulerOptions<S>,
    'role' | 'engine' | 'concurrency' | 'queueTimeoutMs' | 'feeds' | 'healthReasons' | 'metrics' | 'reads'
  > {
  /** Brings the runs: another object than that of a scheduler in the same process, on the same server. */
  readonly engine: Engine<S>
  /** How many runs this worker executes at a time (default 50; `Infinity` for no limit). It takes no more over. */
  readonly concurrency?: number
}

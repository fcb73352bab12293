import type { JobHandler } from '@pm/scheduler-core'

/** A way from a handler to its outcome, set up and warm. */
export interface OpenPath {
  /** Runs the handler about so often. */
  run(count: number): Promise<void>
  close(): Promise<void>
}

export interface PathOptions {
  readonly handler: JobHandler<unknown>
  /** Runs that are under way at the same time. */
  readonly atATime: number
}

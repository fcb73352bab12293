import type { EpochMs } from '../../clock.ts'
import type { JobData } from '../state/scheduler-data.ts'
import type { Change } from '../state/undo-log.ts'

/** Moves a job's cursor forwards. */
export class MoveCursor implements Change {
  readonly #job: JobData
  readonly #before: EpochMs
  readonly #after: EpochMs

  constructor(job: JobData, cursor: EpochMs) {
    this.#job = job
    this.#before = job.cursor
    this.#after = cursor
  }

  redo(): void {
    this.#job.cursor = this.#after
  }

  undo(): void {
    this.#job.cursor = this.#before
  }
}

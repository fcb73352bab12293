import type { EpochMs } from '../../clock.ts'
import type { CursorWall } from '../../ports/locked-jobs.ts'
import type { JobData } from '../state/job-data.ts'
import type { Change } from '../state/undo-log.ts'

/** Moves a job's cursor, with what it is in local time. `since` goes back with a cursor that goes back beyond it. */
export class MoveCursor implements Change {
  readonly #job: JobData
  readonly #before: Place
  readonly #after: Place

  constructor(job: JobData, cursor: EpochMs, wall: CursorWall | null) {
    this.#job = job
    this.#before = { cursor: job.cursor, since: job.since, wall: job.wall }
    this.#after = { cursor, since: Math.min(job.since, cursor), wall }
  }

  redo(): void {
    Object.assign(this.#job, this.#after)
  }

  undo(): void {
    Object.assign(this.#job, this.#before)
  }
}

type Place = Pick<JobData, 'cursor' | 'since' | 'wall'>

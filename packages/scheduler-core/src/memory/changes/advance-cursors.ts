import type { JobChange } from '../../ports/job-changes.ts'
import type { CursorWall } from '../../ports/locked-jobs.ts'
import type { JobData } from '../state/job-data.ts'
import type { Change } from '../state/undo-log.ts'

/** Moves cursors forwards, as the changes of one call say. Those that move no cursor forwards are passed over. */
export class AdvanceCursors implements Change {
  readonly #jobs: readonly JobData[]
  readonly #changes: readonly Pick<JobChange, 'cursor' | 'wall'>[]
  readonly #cursorsBefore: Float64Array
  readonly #wallsBefore: (CursorWall | null)[] = []

  /** `jobs`: those of the changes, in their order. */
  constructor(jobs: readonly JobData[], changes: readonly Pick<JobChange, 'cursor' | 'wall'>[]) {
    this.#jobs = jobs
    this.#changes = changes
    this.#cursorsBefore = new Float64Array(jobs.length)
  }

  redo(): void {
    for (let index = 0; index < this.#jobs.length; index++) {
      const job = this.#jobs[index]
      const change = this.#changes[index]
      if (job && change) this.#advance(index, job, change)
    }
  }

  undo(): void {
    for (let index = this.#jobs.length - 1; index >= 0; index--) {
      const job = this.#jobs[index]
      if (!job) continue
      job.cursor = this.#cursorsBefore[index] ?? job.cursor
      const wall = this.#wallsBefore[index]
      if (wall !== undefined) job.wall = wall
    }
  }

  #advance(index: number, job: JobData, { cursor, wall = null }: Pick<JobChange, 'cursor' | 'wall'>): void {
    this.#cursorsBefore[index] = job.cursor
    if (cursor === null || cursor <= job.cursor) return
    job.cursor = cursor
    if (cursor > job.reached) job.reached = cursor
    if (job.wall === wall) return
    this.#wallsBefore[index] = job.wall
    job.wall = wall
  }
}

import type { EpochMs } from '../../clock.ts'
import type { CursorWall } from '../../ports/locked-jobs.ts'
import type { JobData } from '../state/job-data.ts'
import type { Change } from '../state/undo-log.ts'

/** Where a cursor moves to, and what that is in local time. */
export interface CursorPlace {
  readonly cursor: EpochMs | null
  readonly wall?: CursorWall | null
}

/** Moves cursors forwards: those of one call in one change, which grows while the call goes on. */
export class AdvanceCursors implements Change {
  readonly #jobs: JobData[] = []
  readonly #after: CursorPlace[] = []
  readonly #cursorsBefore: EpochMs[] = []
  readonly #wallsBefore: (CursorWall | null)[] = []

  /** Moves one more cursor, at once. */
  add(job: JobData, place: CursorPlace): void {
    this.#jobs.push(job)
    this.#after.push(place)
    this.#cursorsBefore.push(job.cursor)
    this.#wallsBefore.push(job.wall)
    advance(job, place)
  }

  redo(): void {
    for (const [index, job] of this.#jobs.entries()) {
      const place = this.#after[index]
      if (place) advance(job, place)
    }
  }

  undo(): void {
    for (let index = this.#jobs.length - 1; index >= 0; index--) {
      const job = this.#jobs[index]
      if (!job) continue
      job.cursor = this.#cursorsBefore[index] ?? job.cursor
      job.wall = this.#wallsBefore[index] ?? null
    }
  }
}

function advance(job: JobData, { cursor, wall = null }: CursorPlace): void {
  if (cursor === null) return
  job.cursor = cursor
  job.wall = wall
}

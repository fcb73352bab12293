import type { EntityManager } from 'typeorm'

import { flag, integer, text } from '../query.ts'
import { foldCallDeltas, foldRunDeltas, selectSlice, TRY_TO_FOLD } from '../sql/fold-deltas.ts'
import type { Names } from '../sql/names.ts'
import { statement } from './statement.ts'

/** A delta in the order in which they are folded: by its job, then as they were written. */
interface Place {
  readonly job: string
  readonly id: string
}

/** Before the first delta: the name of a job is not empty. */
const BEGINNING: Place = { job: '', id: '0' }
const LAST_ID = String(2n ** 63n - 1n)

/**
 * Moves deltas of a scheduler into its totals and buckets, unless another unit is doing so. Readers count both, so that
 * nobody waits for it. It goes through the jobs in the order of their names, slice by slice, so that no batch bears the
 * cost of all, and none takes too long for one statement; a job's deltas have gathered when its turn comes again.
 */
export function createFoldDeltas(names: Names, operation: string) {
  const tryToFold = statement(operation, TRY_TO_FOLD)
  const findSlice = statement(operation, selectSlice(names))
  const foldRuns = statement(operation, foldRunDeltas(names))
  const foldCalls = statement(operation, foldCallDeltas(names))
  /** By scheduler, the last delta that was folded. */
  const reached = new Map<string, Place>()

  /**
   * Folds up to `size` deltas of runs, or those of calls when there are no more. Answers whether there is nothing more to
   * do: all are folded, or another unit is folding.
   */
  return async (session: EntityManager, scheduler: string, size: number): Promise<boolean> => {
    const [answer] = await tryToFold(session, names.schema, scheduler)
    if (answer === undefined || !flag(answer, 'mine')) return true
    const after = reached.get(scheduler) ?? BEGINNING
    const [slice] = await findSlice(session, scheduler, after.job, after.id, size)
    if (slice === undefined) {
      reached.set(scheduler, BEGINNING)
      await foldCalls(session, scheduler)
      return true
    }
    const job = text(slice, 'job')
    // What is appended to the last job from now on waits until its turn comes again.
    const isLast = integer(slice, 'deltas') < size
    reached.set(scheduler, { job, id: isLast ? LAST_ID : text(slice, 'id') })
    await foldRuns(session, scheduler, after.job, after.id, size, job)
    return false
  }
}

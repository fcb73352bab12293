import type { EntityManager } from 'typeorm'

import { flag, textOrNull } from '../query.ts'
import { foldCallDeltas, foldRunDeltas, selectSlice, TRY_TO_FOLD } from '../sql/fold-deltas.ts'
import type { Names } from '../sql/names.ts'
import { statement } from './statement.ts'

/** Before the first job, whose name is not empty. */
const BEGINNING = ''

/**
 * Moves deltas of a scheduler into its totals and buckets, unless another unit is doing so. Readers count both, so that
 * nobody waits for it. It goes through the jobs in the order of their names, slice by slice, so that no batch bears the
 * cost of all; a job's deltas have gathered when its turn comes again.
 */
export function createFoldDeltas(names: Names, operation: string) {
  const tryToFold = statement(operation, TRY_TO_FOLD)
  const findSlice = statement(operation, selectSlice(names))
  const foldRuns = statement(operation, foldRunDeltas(names))
  const foldCalls = statement(operation, foldCallDeltas(names))
  /** By scheduler, the last job that was folded. */
  const reached = new Map<string, string>()

  /** `size` is how many deltas to fold, about: those of a job go together. Answers whether the last job was reached. */
  return async (session: EntityManager, scheduler: string, size: number): Promise<boolean> => {
    const [answer] = await tryToFold(session, names.schema, scheduler)
    if (answer === undefined || !flag(answer, 'mine')) return true
    const after = reached.get(scheduler) ?? BEGINNING
    const [slice] = await findSlice(session, scheduler, after, size)
    const last = slice === undefined ? null : textOrNull(slice, 'last')
    reached.set(scheduler, last ?? BEGINNING)
    if (last !== null) await foldRuns(session, scheduler, after, last)
    else await foldCalls(session, scheduler)
    return last === null
  }
}

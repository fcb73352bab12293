import type { EntityManager } from 'typeorm'

import { flag } from '../query.ts'
import { foldCallDeltas, foldRunDeltas, TRY_TO_FOLD } from '../sql/fold-deltas.ts'
import type { Names } from '../sql/names.ts'
import { statement } from './statement.ts'

/**
 * Moves the deltas of a scheduler into its totals and buckets, unless another unit is doing so. Readers count both, so
 * that nobody waits for it.
 */
export function createFoldDeltas(names: Names, operation: string) {
  const tryToFold = statement(operation, TRY_TO_FOLD)
  const foldRuns = statement(operation, foldRunDeltas(names))
  const foldCalls = statement(operation, foldCallDeltas(names))

  return async (session: EntityManager, scheduler: string): Promise<void> => {
    const [answer] = await tryToFold(session, names.schema, scheduler)
    if (answer === undefined || !flag(answer, 'mine')) return
    await foldRuns(session, scheduler)
    await foldCalls(session, scheduler)
  }
}

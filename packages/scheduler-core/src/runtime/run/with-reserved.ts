import type { RunId } from '../../ids.ts'
import type { ActiveRuns } from './active-runs.ts'

/**
 * Does work that reserves runs, before it commits their claims. When the work fails, they are released: a claim that was
 * committed all the same is then found as a forgotten one.
 */
export async function withReserved<T>(
  active: Pick<ActiveRuns, 'reserve' | 'release'>,
  work: (reserve: (id: RunId) => void) => Promise<T>,
): Promise<T> {
  const reserved: RunId[] = []
  try {
    return await work((id) => {
      active.reserve(id)
      reserved.push(id)
    })
  } catch (error) {
    for (const id of reserved) active.release(id)
    throw error
  }
}

import type { RunId } from '../../ids.ts'
import type { InstanceContext } from './instance-context.ts'

/**
 * Does work that reserves runs, before it commits their claims. When the work fails, they are released: a claim that was
 * committed all the same is then found as a forgotten one. Runs that wait for a worker begin elsewhere, and need no place.
 */
export async function withReserved<S extends object, T>(
  { active, queueTimeoutMs }: Pick<InstanceContext<S>, 'active' | 'queueTimeoutMs'>,
  work: (reserve: (id: RunId) => void) => Promise<T>,
): Promise<T> {
  if (queueTimeoutMs !== null) return work(() => {})
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

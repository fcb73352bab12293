import type { EntityManager } from 'typeorm'

import { HoldingEntity } from '../portfolio/holding.ts'

/** Indexes that are watched although they cannot be held. */
const WATCHED = ['^VIX'] as const

/** The symbols to poll: the given ones, or else the held and the watched ones. */
export function readSymbols(given: readonly string[] | null) {
  return async (manager: EntityManager): Promise<readonly string[]> => {
    if (given !== null) return given
    const held = await manager.getRepository(HoldingEntity).find({ select: { symbol: true }, order: { symbol: 'ASC' } })
    return [...held.map(({ symbol }) => symbol), ...WATCHED]
  }
}

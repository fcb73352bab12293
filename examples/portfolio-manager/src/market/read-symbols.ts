import type { EntityManager } from 'typeorm'

import { HoldingEntity } from '../portfolio/holding.ts'

/** Indexes that are watched although nobody can hold them. */
const WATCHED = ['^VIX'] as const

/** What to poll: the given symbols, or else what is held and what is watched. */
export function readSymbols(given: readonly string[] | null) {
  return async (manager: EntityManager): Promise<readonly string[]> => {
    if (given !== null) return given
    const held = await manager.getRepository(HoldingEntity).find({ select: { symbol: true }, order: { symbol: 'ASC' } })
    return [...held.map(({ symbol }) => symbol), ...WATCHED]
  }
}

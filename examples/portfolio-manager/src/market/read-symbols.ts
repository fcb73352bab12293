import type { EntityManager } from 'typeorm'

import { HoldingEntity } from '../portfolio/holding.ts'

/** Indexes that are watched although they cannot be held. */
const WATCHED = ['^VIX'] as const

/** The symbols to poll: the given ones, or else the held and the watched ones; and the made ones. */
export function readSymbols({ given, made }: SymbolsToPoll) {
  return async (manager: EntityManager): Promise<readonly string[]> => {
    if (given !== null) return [...new Set([...given, ...made])]
    const held = await manager.getRepository(HoldingEntity).find({ select: { symbol: true }, order: { symbol: 'ASC' } })
    return [...new Set([...held.map(({ symbol }) => symbol), ...WATCHED, ...made])]
  }
}

export interface SymbolsToPoll {
  readonly given: readonly string[] | null
  readonly made: readonly string[]
}

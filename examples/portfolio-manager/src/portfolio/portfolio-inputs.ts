import { isWorse } from './price-status.ts'
import type { PositionValue } from './value-position.ts'

/** How good the inputs of a sum are: it is as old as its oldest price, and as fresh as its worst. */
export interface SumInputs {
  readonly positions: number
  /** Positions without a value. */
  readonly unpriced: number
  /** The time of the oldest price; `null` without any price. */
  readonly oldest_quoted_at: string | null
  /** The symbol of that price. */
  readonly oldest_symbol: string | null
  /** The fetch that is longest ago; `null` without any price. */
  readonly oldest_fetched_at: string | null
  /** The worst status of a position; `null` without positions. */
  readonly worst_status: string | null
  readonly worst_status_reason: string | null
  readonly worst_symbol: string | null
}

export function inputsOf(positions: readonly PositionValue[]): SumInputs {
  const oldest = least(positions, ({ quoted_at }) => quoted_at)
  const worst = worstOf(positions)
  return {
    positions: positions.length,
    unpriced: positions.filter(({ value }) => value === null).length,
    oldest_quoted_at: oldest?.quoted_at ?? null,
    oldest_symbol: oldest?.symbol ?? null,
    oldest_fetched_at: least(positions, ({ fetched_at }) => fetched_at)?.fetched_at ?? null,
    worst_status: worst?.status ?? null,
    worst_status_reason: worst?.status_reason ?? null,
    worst_symbol: worst?.symbol ?? null,
  }
}

function worstOf([first, ...others]: readonly PositionValue[]): PositionValue | undefined {
  return others.reduce((worst, each) => (worst !== undefined && isWorse(each, worst) ? each : worst), first)
}

/** The position with the smallest text; `undefined` when none has one. Instants in ISO 8601 sort as text. */
function least(
  positions: readonly PositionValue[],
  textOf: (position: PositionValue) => string | null,
): PositionValue | undefined {
  const [first, ...others] = positions.filter((position) => textOf(position) !== null)
  return others.reduce((oldest, each) => ((textOf(each) ?? '') < (textOf(oldest ?? each) ?? '') ? each : oldest), first)
}

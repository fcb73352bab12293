import { spreadOf } from '../report/statistics.ts'
import type { Spread } from '../result.ts'

/** Something that is measured in every round. */
export interface Contender<T> {
  readonly name: string
  /** Measures one slice; `round` is negative in a warm-up. */
  readonly measure: (round: number) => Promise<T>
}

export interface Measured<T> {
  readonly name: string
  /** In the order of the rounds. */
  readonly slices: readonly T[]
}

export interface RoundsOptions {
  readonly rounds: number
  /** Rounds before them that do not count (default 1). */
  readonly warmUps?: number
  readonly tell: (progress: string) => void
}

/**
 * Measures every contender once in each round, one after another. The order turns, and goes backwards in every other
 * round, so that nobody always works after the same other. Ratios are those within a round: a machine that slows down
 * slows down all of them.
 */
export async function pairedRounds<T>(
  contenders: readonly Contender<T>[],
  { rounds, warmUps = 1, tell }: RoundsOptions,
): Promise<readonly Measured<T>[]> {
  const slices = contenders.map(() => [] as T[])
  for (let round = -warmUps; round < rounds; round++) {
    tell(round < 0 ? 'warm-up' : `round ${round + 1} of ${rounds}`)
    for (const index of orderOf(round, contenders.length)) {
      const slice = await contenders[index]?.measure(round)
      if (slice !== undefined && round >= 0) slices[index]?.push(slice)
    }
  }
  return contenders.map(({ name }, index) => ({ name, slices: slices[index] ?? [] }))
}

export function orderOf(round: number, count: number): readonly number[] {
  const turned = Array.from({ length: count }, (_, step) => (step + Math.max(0, round)) % count)
  return Math.abs(round) % 2 === 0 ? turned : turned.toReversed()
}

/** A contender beside itself: a ratio that lies within its spread says nothing. */
export function again<T>({ name, measure }: Contender<T>): Contender<T> {
  return { name: againNameOf(name), measure }
}

export function againNameOf(name: string): string {
  return `${name} again`
}

/** How many times the figure of the reference, round by round; `null` without a reference. */
export function timesOf<T>(
  { slices }: Measured<T>,
  reference: Measured<T> | undefined,
  figure: (slice: T) => number,
): Spread | null {
  if (reference === undefined || slices.length === 0) return null
  return spreadOf(
    slices.map((slice, round) => {
      const other = reference.slices[round]
      return other === undefined ? Number.NaN : figure(slice) / figure(other)
    }),
  )
}

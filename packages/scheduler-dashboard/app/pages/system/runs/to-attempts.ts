import type { RunDetail } from '../../../data/api.ts'

const MOST_SHOWN = 6

export interface Attempt {
  readonly number: number
  /** One before, the present or last one, or the one that is waited for. */
  readonly kind: 'before' | 'last' | 'next'
  /** How it ended, where it is one of the past attempts that the run keeps. */
  readonly past: RunDetail['past_attempts'][number] | null
}

/** The tries of a run: the last ones by number, how many came before them, and how many its policy still allows. */
export function toAttempts(
  {
    attempt,
    state,
    waiting_for,
    past_attempts,
  }: Pick<RunDetail, 'attempt' | 'state' | 'waiting_for' | 'past_attempts'>,
  most: number | null,
): {
  readonly shown: readonly Attempt[]
  readonly hidden: number
  readonly left: number
} {
  const isBetween = waiting_for !== null
  const last = isBetween ? attempt + 1 : attempt
  const hidden = Math.max(0, last - MOST_SHOWN)
  const shown = Array.from({ length: last - hidden }, (_, index): Attempt => {
    const number = hidden + index + 1
    const past = past_attempts.find((one) => one.attempt === number) ?? null
    return { number, kind: number < last ? 'before' : isBetween ? 'next' : 'last', past }
  })
  return {
    shown,
    hidden,
    left: (state === 'running' || state === 'queued') && most !== null ? Math.max(0, most - last) : 0,
  }
}

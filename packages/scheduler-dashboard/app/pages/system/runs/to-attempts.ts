import type { RunView } from '@pm/scheduler-core/contract/v2'

const MOST_SHOWN = 6

/** The tries of a run: the last ones by number, how many came before them, and how many its policy still allows. */
export function toAttempts(
  { attempt, state }: Pick<RunView, 'attempt' | 'state'>,
  most: number | null,
): {
  readonly shown: readonly { readonly number: number; readonly isLast: boolean }[]
  readonly hidden: number
  readonly left: number
} {
  const hidden = Math.max(0, attempt - MOST_SHOWN)
  const shown = Array.from({ length: attempt - hidden }, (_, index) => {
    const number = hidden + index + 1
    return { number, isLast: number === attempt }
  })
  return { shown, hidden, left: state === 'running' && most !== null ? Math.max(0, most - attempt) : 0 }
}

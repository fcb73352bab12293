import type { EpochMs } from '@pm/scheduler-core'

import type { HistoryLine } from './history.ts'

/** A time during which a process was there and awake. */
export interface Span {
  readonly process: string
  readonly from: EpochMs
  readonly to: EpochMs
}

/**
 * When which process was there and awake: from `opened` or `continued` until it was closed, killed or stopped. Of one
 * that was killed or stopped nobody knows whether it could run up to the end: what it told last was its last sign of life.
 */
export function livesOf(history: readonly HistoryLine[]): readonly Span[] {
  const awake = new Map<string, { from: EpochMs; lastSign: EpochMs }>()
  const lives: Span[] = []
  for (const line of history) {
    const { kind, process, at } = line
    if (process === null) continue
    const life = awake.get(process)
    if (kind === 'opened' || kind === 'continued') awake.set(process, { from: at, lastSign: at })
    else if (life && kind !== 'closed' && kind !== 'killed' && kind !== 'stopped') life.lastSign = at
    else if (life) {
      lives.push({ process, from: life.from, to: kind === 'closed' ? at : life.lastSign })
      awake.delete(process)
    }
  }
  return [...lives, ...[...awake].map(([process, { from }]) => ({ process, from, to: Infinity }))]
}

import type { EpochMs } from '@pm/scheduler-core'

import type { HistoryLine } from './history.ts'

/** A time during which a process was there and awake. */
export interface Span {
  readonly process: string
  readonly from: EpochMs
  readonly to: EpochMs
}

/** When which process was there and awake: from `opened` or `continued` until it was closed, killed or stopped. */
export function livesOf(history: readonly HistoryLine[]): readonly Span[] {
  const awake = new Map<string, EpochMs>()
  const lives: Span[] = []
  for (const line of history) {
    if (line.kind === 'opened' || line.kind === 'continued') awake.set(line.process, line.at)
    if (line.kind !== 'closed' && line.kind !== 'killed' && line.kind !== 'stopped') continue
    const from = awake.get(line.process)
    if (from !== undefined) lives.push({ process: line.process, from, to: line.at })
    awake.delete(line.process)
  }
  return [...lives, ...[...awake].map(([process, from]) => ({ process, from, to: Infinity }))]
}

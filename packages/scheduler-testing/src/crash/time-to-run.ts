import type { EpochMs } from '@pm/scheduler-core'

import type { HistoryLine, StallLine } from './history.ts'

/** When a process has had `ms` since `from` in which it could run: its own stalls and the machine's do not count. */
export type TimeToRun = (process: string, from: EpochMs, ms: number) => EpochMs

export function timeToRun(history: readonly HistoryLine[]): TimeToRun {
  const told = history.filter((line): line is StallLine => line.kind === 'stalled')
  const byProcess = new Map<string, readonly Stall[]>()

  function stallsOf(process: string): readonly Stall[] {
    const known = byProcess.get(process)
    if (known) return known
    const stalls = told
      .filter((line) => line.process === null || line.process === process)
      .map(({ at, ms }) => ({ from: at - ms, to: at }))
      .sort((a, b) => a.from - b.from)
    byProcess.set(process, stalls)
    return stalls
  }

  return (process, from, ms) => {
    let end = from + ms
    let counted = from
    for (const stall of stallsOf(process)) {
      if (stall.from >= end) break
      if (stall.to <= counted) continue
      end += stall.to - Math.max(stall.from, counted)
      counted = stall.to
    }
    return end
  }
}

interface Stall {
  readonly from: EpochMs
  readonly to: EpochMs
}

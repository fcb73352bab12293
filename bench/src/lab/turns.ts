import { setImmediate as nextTurn } from 'node:timers/promises'
import { getHeapStatistics } from 'node:v8'

import { collectGarbage } from './cpu.ts'

export interface Metered {
  readonly ms: number
  readonly cpuMs: number
  /** By how much the heap grew at its highest, what is not yet collected included. */
  readonly heapMb: number
  /**
   * The most time of the processor that one turn of the event loop took. Time alone says little on a machine that does
   * other work too.
   */
  readonly longestTurnMs: number
}

/** Measures some work, after a collection. A timer of a millisecond, which allocates nothing, looks at clock and heap. */
export async function metered(work: () => Promise<unknown>): Promise<Metered> {
  collectGarbage()
  await nextTurn()
  const before = heapBytes()
  let highest = before
  let longestTurnMs = 0
  const first = threadCpuMs()
  let last = first
  const look = () => {
    const now = threadCpuMs()
    longestTurnMs = Math.max(longestTurnMs, now - last)
    highest = Math.max(highest, heapBytes())
    last = now
  }
  const timer = setInterval(look, 1)
  const begun = performance.now()
  await work()
  const ms = performance.now() - begun
  look()
  clearInterval(timer)
  return { ms, cpuMs: last - first, heapMb: (highest - before) / 2 ** 20, longestTurnMs }
}

function heapBytes(): number {
  return getHeapStatistics().used_heap_size
}

/** The time that this thread has had of the processor. */
function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

import { GCProfiler, getHeapStatistics } from 'node:v8'

import { collectGarbage } from './cpu.ts'

/** Bytes that some work allocates for each unit of it, garbage included. */
export async function bytesPer(units: number, work: () => Promise<void> | void): Promise<number> {
  collectGarbage()
  const profiler = new GCProfiler()
  profiler.start()
  // The heap grows by what is allocated, and shrinks in collections alone.
  let [allocated, last] = [0, usedBytes()]
  await work()
  const end = usedBytes()
  for (const { beforeGC, afterGC } of profiler.stop().statistics) {
    allocated += beforeGC.heapStatistics.usedHeapSize - last
    last = afterGC.heapStatistics.usedHeapSize
  }
  return (allocated + end - last) / units
}

function usedBytes(): number {
  return getHeapStatistics().used_heap_size
}

import type { Slice } from './contest.ts'
import { startMeter } from './meter.ts'

/** How many units of work are under way at a time, of everybody who is measured. */
export const WORKERS = 4

/** Lets the workers do one batch after the other until the time is over. A batch answers how many runs it finished. */
export async function workFor(
  ms: number,
  serverPid: number,
  batch: (worker: number) => Promise<number>,
): Promise<Slice> {
  const stop = startMeter(serverPid)
  const until = performance.now() + ms
  let runs = 0
  const work = async (worker: number) => {
    while (performance.now() < until) runs += await batch(worker)
  }
  await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker)))
  return { runs, ...stop() }
}

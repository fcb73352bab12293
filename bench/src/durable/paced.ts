import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Begins a piece of work at every interval, or later when the one before takes longer, and answers how long each took, in
 * milliseconds.
 */
export async function paced(
  { everyMs, goesOn }: { readonly everyMs: number; readonly goesOn: () => boolean },
  work: () => Promise<unknown>,
): Promise<readonly number[]> {
  const times: number[] = []
  for (let begin = performance.now(); goesOn(); begin += everyMs) {
    begin = Math.max(begin, performance.now())
    await sleep(Math.max(0, begin - performance.now()))
    const from = performance.now()
    await work()
    times.push(performance.now() - from)
  }
  return times
}

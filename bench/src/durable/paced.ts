import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Begins a piece of work at every interval and answers how long each took, in milliseconds, from when it should have
 * begun: what waits behind a slow one counts as slow too.
 */
export async function paced(
  { everyMs, goesOn }: { readonly everyMs: number; readonly goesOn: () => boolean },
  work: () => Promise<unknown>,
): Promise<readonly number[]> {
  const times: number[] = []
  for (let begin = performance.now(); goesOn(); begin += everyMs) {
    const early = begin - performance.now()
    if (early > 0) await sleep(early)
    const from = early > 0 ? performance.now() : begin
    await work()
    times.push(performance.now() - from)
  }
  return times
}

export function quantile(times: readonly number[], share: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(share * (times.length - 1))] ?? Number.NaN
}

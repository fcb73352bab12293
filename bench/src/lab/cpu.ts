/** CPU time of this process so far, in microseconds. */
export function cpuUs(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return user + system
}

export function collectGarbage(): void {
  globalThis.gc?.()
}

/** CPU time of this process per unit of work, in nanoseconds; other processes' work does not count. */
export async function cpuNsPer(units: number, work: () => Promise<void> | void): Promise<number> {
  collectGarbage()
  const before = process.cpuUsage()
  await work()
  return (cpuUs(before) * 1_000) / units
}

/** Bytes in use, after collections. */
export function bytesInUse(): number {
  collectGarbage()
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

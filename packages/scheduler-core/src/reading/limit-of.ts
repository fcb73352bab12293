/** A concurrency as readers are told it: `null` is no limit. */
export function limitOf(concurrency: number): number | null {
  return concurrency === Infinity ? null : concurrency
}

/**
 * Does the work of every item, `concurrency` at once, and returns the results in the order of the items. The first is
 * done alone: it signs in, and tests a circuit that is half open, for all of them. Rejects as soon as `work` does.
 */
export async function runBatches<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  concurrency: number,
): Promise<readonly R[]> {
  const results: R[] = []
  const [first] = items
  if (first === undefined) return results
  results[0] = await work(first)
  let next = 1
  const workUntilDone = async () => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index]
      if (item !== undefined) results[index] = await work(item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length - 1) }, workUntilDone))
  return results
}

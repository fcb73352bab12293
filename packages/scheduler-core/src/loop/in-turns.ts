import { nextTurn } from '../clock.ts'

/** Work in parts, with `yield` between them, that answers at its end. */
export type Parts<T> = Generator<void, T, void>

/**
 * Does each part in a turn of the event loop of its own, so that no task takes as long as all of them. `next` does one part,
 * as `parts.next()`.
 */
export async function inTurns<T>(next: () => IteratorResult<void, T>): Promise<T> {
  for (;;) {
    const { done, value } = next()
    if (done) return value
    await nextTurn()
  }
}

/** Does all parts at once. */
export function atOnce<T>(parts: Parts<T>): T {
  for (;;) {
    const { done, value } = parts.next()
    if (done) return value
  }
}

/** Calls `map` for each item, in parts of `size`. */
export function* mapInParts<T, U>(items: readonly T[], size: number, map: (item: T) => U): Parts<U[]> {
  const mapped: U[] = []
  for (const item of items) {
    if (mapped.length > 0 && mapped.length % size === 0) yield
    mapped.push(map(item))
  }
  return mapped
}

import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * Answers each item with what was asked for it. The next question is under way while the reader works on an answer. A
 * question is never left behind: whoever stops early waits for it.
 */
export async function* eachAhead<T, A>(
  items: readonly T[],
  ask: (item: T) => Promise<A>,
  signal?: AbortSignal,
): AsyncGenerator<readonly [T, A], void, void> {
  let asked: Promise<A> | null = null
  try {
    for (const [at, item] of items.entries()) {
      signal?.throwIfAborted()
      const answer: A = await (asked ?? ask(item))
      const next = items[at + 1]
      asked = next === undefined || signal?.aborted ? null : ask(next)
      asked?.catch(() => {})
      // A driver sends a question some promises later: it leaves before the work on the answer holds the event loop.
      if (asked !== null) await nextTurn()
      yield [item, answer]
    }
    asked = null
  } finally {
    await asked?.catch(() => {})
  }
}

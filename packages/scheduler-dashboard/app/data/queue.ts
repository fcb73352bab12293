/** Does work in the order in which it came, only so many at a time. */
export interface Queue {
  /** `work` is not begun when the signal has ended by then; the promise then rejects with its reason. */
  add<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T>
}

export function createQueue(atOnce: number): Queue {
  const waiting: (() => void)[] = []
  let running = 0

  async function turn(): Promise<void> {
    if (running < atOnce) {
      running++
      return
    }
    // Whoever ends gives its place to the next.
    await new Promise<void>((resolve) => waiting.push(resolve))
  }

  function leave(): void {
    const next = waiting.shift()
    if (next) next()
    else running--
  }

  return {
    async add(work, signal) {
      await turn()
      try {
        signal.throwIfAborted()
        return await work()
      } finally {
        leave()
      }
    },
  }
}

export interface QueueTurns {
  /** The queue that may have messages and was asked the longest ago; `null` once it has ended. */
  next(): Promise<string | null>
  /** Messages came to that queue, or may have come to any. */
  wakeUp(queue: string | null): void
  end(): void
}

/** Whose turn it is: each queue that may have messages, one after the other, and every other one once in `pollMs`. */
export function createQueueTurns(queues: readonly string[], pollMs: number): QueueTurns {
  /** When each may be asked, in the order in which they were asked last. */
  const readyAt = new Map(queues.map((queue) => [queue, 0]))
  let changed = Promise.withResolvers<void>()
  let hasEnded = false

  function tell(): void {
    changed.resolve()
    changed = Promise.withResolvers()
  }

  function take(): string | null {
    const now = performance.now()
    for (const [queue, at] of readyAt) {
      if (at > now) continue
      readyAt.delete(queue)
      readyAt.set(queue, now + pollMs)
      return queue
    }
    return null
  }

  async function next(): Promise<string | null> {
    while (!hasEnded) {
      const queue = take()
      if (queue !== null) return queue
      const now = performance.now()
      const timer = setTimeout(tell, Math.max(0, Math.min(now + pollMs, ...readyAt.values()) - now))
      await changed.promise
      clearTimeout(timer)
    }
    return null
  }

  return {
    next,
    wakeUp(queue) {
      for (const each of queue === null ? readyAt.keys() : [queue]) if (readyAt.has(each)) readyAt.set(each, 0)
      tell()
    },
    end() {
      hasEnded = true
      tell()
    },
  }
}

/** The longest turn of the event loop, in milliseconds on the processor: what else the machine does counts for nothing. */
export interface TurnMeter {
  readonly longestMs: number
  stop(): void
}

export function createTurnMeter(): TurnMeter {
  let longestMs = 0
  let before = usedMs()
  const timer = setInterval(() => {
    const now = usedMs()
    longestMs = Math.max(longestMs, now - before)
    before = now
  }, 1)
  return {
    get longestMs() {
      return longestMs
    },
    stop: () => clearInterval(timer),
  }
}

function usedMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

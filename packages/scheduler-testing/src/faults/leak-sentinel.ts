import { setTimeout } from 'node:timers/promises'

export interface LeakSentinelOptions {
  /**
   * More numbers that have to be back where they were, by name: open sessions, connections that a pool has in use,
   * listeners on an emitter (default none).
   */
  readonly gauges?: Readonly<Record<string, () => number>>
  /** How long what is just closing may take, in milliseconds (default 2,000). */
  readonly patienceMs?: number
}

/** Compares the process after a test with the process before it. */
export interface LeakSentinel {
  /** Takes note of how things are; for `beforeEach`. */
  begin(): void
  /** Waits until everything is back as it was; rejects with all that is not. For `afterEach`. */
  check(): Promise<void>
}

/**
 * Watches for what a test leaves behind: handles and timers that keep the process alive, listeners on the process,
 * rejections that nobody handled, and whatever gauges are given. Handles are compared by number and kind, since the test
 * runner has some of its own. Works with any test runner:
 *
 *     const sentinel = createLeakSentinel({ gauges: { 'open sessions': () => sessions.stats().open } })
 *     beforeEach(() => sentinel.begin())
 *     afterEach(() => sentinel.check())
 */
export function createLeakSentinel({ gauges = {}, patienceMs = 2_000 }: LeakSentinelOptions = {}): LeakSentinel {
  let before = new Map<string, number>()
  let rejections: unknown[] = []
  let listening = false
  const onRejection = (reason: unknown) => void rejections.push(reason)

  function listen(): void {
    if (!listening) process.on('unhandledRejection', onRejection)
    listening = true
  }

  function stopListening(): void {
    process.off('unhandledRejection', onRejection)
    listening = false
  }

  return {
    begin() {
      rejections = []
      listen()
      before = takeStock(gauges)
    },
    async check() {
      try {
        await setTimeout(0)
        let grown = growth(before, takeStock(gauges))
        const deadline = performance.now() + patienceMs
        while (grown.length > 0 && performance.now() < deadline) {
          await setTimeout(POLL_MS)
          grown = growth(before, takeStock(gauges))
        }
        const leaks = [...grown, ...rejections.map((reason) => `unhandled rejection: ${String(reason)}`)]
        if (leaks.length > 0) throw new Error(`The test left something behind:\n  ${leaks.join('\n  ')}`)
      } finally {
        stopListening()
      }
    },
  }
}

const POLL_MS = 10

/** Kinds of resources that belong to the test runner, or end by themselves within a turn. */
const NOT_OURS = new Set([
  'TTYWrap',
  'PipeWrap',
  'MessagePort',
  'Immediate',
  'CloseReq',
  'FSReqCallback',
  'FSReqPromise',
])

function takeStock(gauges: Readonly<Record<string, () => number>>): Map<string, number> {
  const stock = new Map<string, number>()
  for (const kind of process.getActiveResourcesInfo()) {
    if (!NOT_OURS.has(kind)) stock.set(`handle ${kind}`, (stock.get(`handle ${kind}`) ?? 0) + 1)
  }
  for (const event of process.eventNames()) {
    stock.set(`process listener for ${String(event)}`, process.listenerCount(event))
  }
  for (const [name, read] of Object.entries(gauges)) stock.set(name, read())
  return stock
}

function growth(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string[] {
  return [...after]
    .filter(([name, count]) => count > (before.get(name) ?? 0))
    .map(([name, count]) => `${name}: ${before.get(name) ?? 0} before, ${count} after`)
}

import { monitorEventLoopDelay } from 'node:perf_hooks'

import type { Clock } from '../clock.ts'

/** The resources that this process uses. */
export interface ProcessReading {
  /** CPU time since the process began, user and system. */
  readonly cpuMs: number
  /** CPU time since the reading before, in percent of one core; `null` at the first. */
  readonly cpuPct: number | null
  readonly rssBytes: number
  readonly heapUsedBytes: number
  readonly heapTotalBytes: number
  /** How late the event loop was, since the reading before; `null` when it was not watched. */
  readonly eventLoopDelayP50Ms: number | null
  readonly eventLoopDelayP99Ms: number | null
  readonly eventLoopDelayMaxMs: number | null
}

/** The library's only access to the process's figures; a test can replace it. */
export interface ProcessProbe {
  /** Begins to watch the event loop. Idempotent. */
  start(): void
  /** Stops watching and releases all resources. Idempotent. */
  stop(): void
  read(): ProcessReading
}

/** A probe of the present process. */
export function createProcessProbe(clock: Clock): ProcessProbe {
  let delay: ReturnType<typeof monitorEventLoopDelay> | null = null
  let before: { readonly cpuMs: number; readonly at: number } | null = null

  function cpuSinceBefore(cpuMs: number): number | null {
    const at = clock.monotonic()
    const last = before
    before = { cpuMs, at }
    return last && at > last.at ? toHundredths(((cpuMs - last.cpuMs) / (at - last.at)) * 100) : null
  }

  return {
    start() {
      if (delay) return
      delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
      delay.enable()
    },
    stop() {
      delay?.disable()
      delay = null
    },
    read() {
      const { user, system } = process.cpuUsage()
      const { rss, heapUsed, heapTotal } = process.memoryUsage()
      const cpuMs = Math.round((user + system) / 1_000)
      const measured = delay && delay.count > 0 ? delay : null
      const reading: ProcessReading = {
        cpuMs,
        cpuPct: cpuSinceBefore(cpuMs),
        rssBytes: rss,
        heapUsedBytes: heapUsed,
        heapTotalBytes: heapTotal,
        eventLoopDelayP50Ms: measured && toDelayMs(measured.percentile(50)),
        eventLoopDelayP99Ms: measured && toDelayMs(measured.percentile(99)),
        eventLoopDelayMaxMs: measured && toDelayMs(measured.max),
      }
      delay?.reset()
      return reading
    },
  }
}

const RESOLUTION_MS = 20

/** The histogram holds the whole interval between two ticks of its timer, in nanoseconds. */
function toDelayMs(nanoseconds: number): number {
  return Math.max(0, toHundredths(nanoseconds / 1_000_000 - RESOLUTION_MS))
}

function toHundredths(value: number): number {
  return Math.round(value * 100) / 100
}

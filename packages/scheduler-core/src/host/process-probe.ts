import { hostname } from 'node:os'
import { monitorEventLoopDelay } from 'node:perf_hooks'

import type { Clock } from '../clock.ts'
import type { InstancePlace } from '../ports/definitions.ts'
import type { Redact } from '../redact/redact.ts'
import { cleanText } from '../run/clean-text.ts'

/** The resources that this process uses. */
export interface ProcessReading {
  /** CPU time since the process began, user and system. */
  readonly cpuMs: number
  /** CPU time since the reading before, in percent of one core; `null` at the first. */
  readonly cpuPct: number | null
  readonly rssBytes: number
  readonly heapUsedBytes: number
  readonly heapTotalBytes: number
  /**
   * How late the event loop was, since the reading before the last one; `null` when it was not watched, and under Deno and
   * Bun.
   */
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

/** A probe of the present process. `versions` names the runtime (default those of this process). */
export function createProcessProbe(clock: Clock, versions: RuntimeVersions = process.versions): ProcessProbe {
  let delay: DelayWatch | null = null
  let before: { readonly cpuMs: number; readonly at: number } | null = null

  function cpuSinceBefore(cpuMs: number): number | null {
    const at = clock.monotonic()
    const last = before
    before = { cpuMs, at }
    return last && at > last.at ? toHundredths(((cpuMs - last.cpuMs) / (at - last.at)) * 100) : null
  }

  return {
    start() {
      if (!isNode(versions)) return
      delay ??= watchDelay()
    },
    stop() {
      delay?.stop()
      delay = null
    },
    read() {
      const { user, system } = process.cpuUsage()
      const { rss, heapUsed, heapTotal } = process.memoryUsage()
      const cpuMs = Math.round((user + system) / 1_000)
      const measured = delay?.read() ?? null
      return {
        cpuMs,
        cpuPct: cpuSinceBefore(cpuMs),
        rssBytes: rss,
        heapUsedBytes: heapUsed,
        heapTotalBytes: heapTotal,
        eventLoopDelayP50Ms: measured && toDelayMs(measured.p50),
        eventLoopDelayP99Ms: measured && toDelayMs(measured.p99),
        eventLoopDelayMaxMs: measured && toDelayMs(measured.max),
      }
    },
  }
}

interface DelayWatch {
  /** In nanoseconds; `null` before anything is measured. */
  read(): { readonly p50: number; readonly p99: number; readonly max: number } | null
  stop(): void
}

/**
 * Watches the event loop with two of Node's histograms, and resets one of them at a reading. One that was reset forgets
 * when it ticked last, and with that the turn in which it is read, however long that takes: the other one has it.
 */
function watchDelay(): DelayWatch {
  const begin = () => {
    const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
    histogram.enable()
    return histogram
  }
  let [older, newer] = [begin(), begin()]
  return {
    read() {
      if (older.count === 0) return null
      const reading = { p50: older.percentile(50), p99: older.percentile(99), max: older.max }
      if (newer.count > 0) {
        older.reset()
        ;[older, newer] = [newer, older]
      }
      return reading
    },
    stop() {
      older.disable()
      newer.disable()
    },
  }
}

export type RuntimeVersions = Readonly<Record<string, string | undefined>>

/**
 * Only Node's histogram holds the interval between two ticks. Deno (2) records nothing but 0, and Bun (1) the lateness
 * itself, from which the resolution must not be taken away. Both have a version of Node among theirs.
 */
function isNode(versions: RuntimeVersions): boolean {
  return versions['bun'] === undefined && versions['deno'] === undefined
}

/**
 * The version of the time zone data that this process computes local times with, such as 2026a; `null` where the runtime
 * does not tell. Deno names one that is written into its source and is not that of its data.
 */
export function timeZoneDataOfRuntime(versions: RuntimeVersions = process.versions): string | null {
  return isNode(versions) ? (versions['tz'] ?? null) : null
}

/** Where this process runs; a host is `null` where the runtime does not let us ask, as Deno without `--allow-sys`. */
export function placeOfProcess(redact: Redact): Pick<InstancePlace, 'host' | 'pid'> {
  const host = hostOrNull()
  return { host: host === null ? null : cleanText(host, { redact, limit: MAX_HOST_LENGTH }), pid: process.pid }
}

/** That of a name in the DNS. */
const MAX_HOST_LENGTH = 253

function hostOrNull(): string | null {
  try {
    return hostname() || null
  } catch {
    return null
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

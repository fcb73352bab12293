import type { Logger } from '../ports/logger.ts'
import type { ProcessProbe, ProcessReading } from './process-probe.ts'

/** A probe that never throws. Its reading is `null` when the host's probe fails. */
export interface GuardedProbe extends Omit<ProcessProbe, 'read'> {
  read(): ProcessReading | null
}

/** Wraps a probe so that its failures do not break `open`, `close` and snapshots. It logs each failure as a warning. */
export function guardProbe(probe: ProcessProbe, logger: Logger): GuardedProbe {
  function attempt<T>(step: string, call: () => T): T | null {
    try {
      return call()
    } catch (error) {
      logger.warn({ step, err: error }, 'The process probe threw')
      return null
    }
  }
  return {
    start: () => void attempt('start', () => probe.start()),
    stop: () => void attempt('stop', () => probe.stop()),
    read: () => attempt('read', () => toReading(probe.read())),
  }
}

/** A plain copy. What is no number becomes NaN or `null`, which metrics show as unknown. */
function toReading(given: ProcessReading): ProcessReading {
  return {
    cpuMs: numberOf(given.cpuMs) ?? Number.NaN,
    cpuPct: numberOf(given.cpuPct),
    rssBytes: numberOf(given.rssBytes) ?? Number.NaN,
    heapUsedBytes: numberOf(given.heapUsedBytes) ?? Number.NaN,
    heapTotalBytes: numberOf(given.heapTotalBytes) ?? Number.NaN,
    eventLoopDelayP50Ms: numberOf(given.eventLoopDelayP50Ms),
    eventLoopDelayP99Ms: numberOf(given.eventLoopDelayP99Ms),
    eventLoopDelayMaxMs: numberOf(given.eventLoopDelayMaxMs),
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null
}

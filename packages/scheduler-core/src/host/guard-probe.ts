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
    read: () => attempt('read', () => probe.read()),
  }
}

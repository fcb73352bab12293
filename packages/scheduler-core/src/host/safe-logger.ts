import type { Logger } from '../ports/logger.ts'
import { callSafely } from './call-safely.ts'

/**
 * A logger that cannot break what logs: whatever the host's throws, or rejects with when it is asynchronous, is dropped.
 * There is nowhere left to tell it.
 */
export function safeLogger(logger: Logger): Logger {
  return {
    debug: (fields, message) => callSafely(() => logger.debug(fields, message), drop),
    info: (fields, message) => callSafely(() => logger.info(fields, message), drop),
    warn: (fields, message) => callSafely(() => logger.warn(fields, message), drop),
    error: (fields, message) => callSafely(() => logger.error(fields, message), drop),
  }
}

function drop(): void {}

import type { Logger } from '../ports/logger.ts'
import { callSafely } from './call-safely.ts'

/**
 * Wraps the host's logger so that it cannot break its caller. Errors that it throws or rejects with are dropped,
 * because there is no other place to log them.
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

import { type Logger, silentLogger } from '../ports/logger.ts'
import type { Redact } from '../redact/redact.ts'
import { boundLogger } from './bound-logger.ts'
import { redactingLogger } from './redacting-logger.ts'
import { safeLogger } from './safe-logger.ts'

export interface LoggerGuard {
  readonly scheduler: string
  readonly redact: Redact
}

/**
 * The host's logger, with the name of the scheduler in every line and no secret in any. It never throws. Without a logger
 * of the host nothing is written.
 */
export function guardLogger(logger: Logger | undefined, { scheduler, redact }: LoggerGuard): Logger {
  return logger ? safeLogger(redactingLogger(boundLogger(logger, { scheduler }), redact)) : silentLogger
}

import type { Logger } from '@pm/scheduler-core'

/** A logger that adds these fields to every entry. */
export function withFields(logger: Logger, fields: object): Logger {
  return {
    debug: (own, message) => logger.debug({ ...own, ...fields }, message),
    info: (own, message) => logger.info({ ...own, ...fields }, message),
    warn: (own, message) => logger.warn({ ...own, ...fields }, message),
    error: (own, message) => logger.error({ ...own, ...fields }, message),
  }
}

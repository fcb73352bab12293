import type { Logger } from '../ports/logger.ts'

/**
 * A logger whose every line has these fields, whatever its caller gives. An error given as the fields becomes `err`.
 * Fields that throw when they are read are left out.
 */
export function boundLogger(logger: Logger, bound: Readonly<Record<string, unknown>>): Logger {
  const fieldsOf = (fields: object) => {
    try {
      // First and last: in the order of a line they stand before what may be too much.
      return { ...bound, ...(fields instanceof Error ? { err: fields } : fields), ...bound }
    } catch {
      return { fields: '[unreadable]', ...bound }
    }
  }
  return {
    debug: (fields, message) => logger.debug(fieldsOf(fields), message),
    info: (fields, message) => logger.info(fieldsOf(fields), message),
    warn: (fields, message) => logger.warn(fieldsOf(fields), message),
    error: (fields, message) => logger.error(fieldsOf(fields), message),
  }
}

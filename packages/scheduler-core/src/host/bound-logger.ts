import type { Logger } from '../ports/logger.ts'

/** A logger whose every line has these fields, whatever its caller gives. An error given as the fields becomes `err`. */
export function boundLogger(logger: Logger, bound: Readonly<Record<string, unknown>>): Logger {
  const fieldsOf = (fields: object) => ({ ...(fields instanceof Error ? { err: fields } : fields), ...bound })
  return {
    debug: (fields, message) => logger.debug(fieldsOf(fields), message),
    info: (fields, message) => logger.info(fieldsOf(fields), message),
    warn: (fields, message) => logger.warn(fieldsOf(fields), message),
    error: (fields, message) => logger.error(fieldsOf(fields), message),
  }
}

/** Takes the library's log lines. A pino logger fits as it is; `consoleLogger()` writes lines of JSON. */
export interface Logger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Writes nothing; the default. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} }

/** Where the library writes what it does. A pino logger fits as it is; the console fits through `consoleLogger`. */
export interface Logger {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

/** Says nothing: the default, since a library does not write to its host's output unasked. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} }

/** The levels that are written, by their numbers in pino. */
export const PINO_LEVELS = { info: 30, warn: 40, error: 50 } as const

export type LogLevel = keyof typeof PINO_LEVELS

/** One line of the log before it is formatted. */
export interface LogEntry {
  readonly level: LogLevel
  /** Milliseconds since the Unix epoch. */
  readonly time: number
  readonly fields: Readonly<Record<string, unknown>>
  readonly message: string
}

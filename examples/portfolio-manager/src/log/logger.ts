import type { Logger } from '@pm/scheduler-core'

import { type LogEntry, type LogLevel, PINO_LEVELS } from './log-entry.ts'
import { plainFields } from './plain-fields.ts'
import { prettyLine } from './pretty-line.ts'
import { createRedactor } from './redact.ts'

/** The application's logger: one line per entry, as text for people or as JSON in the shape that pino writes. */
export function createLogger({ format, write, secrets = [], now = Date.now }: LoggerOptions): Logger {
  const redact = createRedactor(secrets)
  const log = (level: LogLevel) => (fields: object, message: string) => {
    const entry: LogEntry = { level, time: now(), fields: plainFields(fields), message }
    write(`${redact(format === 'json' ? jsonLine(entry) : prettyLine(entry))}\n`)
  }
  return { debug() {}, info: log('info'), warn: log('warn'), error: log('error') }
}

export interface LoggerOptions {
  readonly format: 'pretty' | 'json'
  readonly write: (text: string) => void
  /** Texts that are removed from every line. */
  readonly secrets?: readonly string[]
  readonly now?: () => number
}

/** No field has a name of the logger's own: `plainFields` saw to it. */
function jsonLine({ level, time, fields, message }: LogEntry): string {
  return JSON.stringify({ level: PINO_LEVELS[level], time, ...fields, msg: message })
}

import type { Logger } from '@pm/scheduler-core'

import { type LogEntry, type LogLevel, PINO_LEVELS } from './log-entry.ts'
import { prettyLine } from './pretty-line.ts'

/** The application's logger: one line per entry, as text for people or as JSON in the shape that pino writes. */
export function createLogger({ format, write, secrets = [], now = Date.now }: LoggerOptions): Logger {
  const redact = redactor(secrets)
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

function jsonLine({ level, time, fields, message }: LogEntry): string {
  return JSON.stringify({ level: PINO_LEVELS[level], time, ...fields, msg: message })
}

/** Replaces errors by their code and message and those of their causes, so that no stack fills the output. */
function plainFields(fields: object): Record<string, unknown> {
  const entries = Object.entries(fields).map(([key, value]) => [key, value instanceof Error ? describe(value) : value])
  return Object.fromEntries(entries)
}

function describe(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : ''
  const cause = error.cause instanceof Error ? ` (${describe(error.cause)})` : ''
  return `${code}${error.message}${cause}`
}

function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
  const known = [...new Set(forms)].filter((form) => form.length >= 4).sort((a, b) => b.length - a.length)
  return (text) => known.reduce((rest, form) => rest.replaceAll(form, '[secret]'), text)
}

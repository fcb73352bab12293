import { type Clock, systemClock, toIso } from '../clock.ts'
import { bigIntAsText } from '../options/describe-value.ts'
import type { Logger } from '../ports/logger.ts'
import { read } from '../run/read-thrown.ts'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

export interface ConsoleLoggerOptions {
  /** The least level that is written (default `info`). */
  readonly level?: LogLevel
  /** For the time of a line (default the host's clock). */
  readonly clock?: Pick<Clock, 'now'>
}

/**
 * A logger that writes each line to the console as one line of JSON: `time`, `level` and `message`, then the fields. An
 * error has its name, message, code, stack and causes. What cannot be written as JSON is left out.
 */
export function consoleLogger({ level = 'info', clock = systemClock }: ConsoleLoggerOptions = {}): Logger {
  const least = LOG_LEVELS.indexOf(level)
  const at = (each: LogLevel) => (fields: object, message: string) => {
    if (LOG_LEVELS.indexOf(each) < least) return
    const head = { time: toIso(clock.now()), level: each, message }
    console[each](lineOf(head, fields instanceof Error ? { err: fields } : fields))
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** The head stays what it is: a field of the same name goes under `fields`. */
function lineOf(head: object, fields: object): string {
  try {
    const isShadowing = Object.keys(fields).some((name) => name in head)
    return JSON.stringify(isShadowing ? { ...head, fields } : { ...head, ...fields }, plain)
  } catch {
    return JSON.stringify({ ...head, fields: '[unreadable]' })
  }
}

function plain(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return bigIntAsText(value)
  if (!(value instanceof Error)) return value
  const all = ['name', 'message', 'code', 'stack', 'cause', 'errors', 'details'].map((name) => [
    name,
    read(value, name),
  ])
  return Object.fromEntries(all.filter(([, part]) => part !== undefined))
}

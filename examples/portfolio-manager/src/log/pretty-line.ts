import type { LogEntry } from './log-entry.ts'

/** `11:18:56  warn  the message  key=value`: one line, local time. */
export function prettyLine({ level, time, fields, message }: LogEntry): string {
  const clock = new Date(time).toTimeString().slice(0, 8)
  const mark = level === 'info' ? '' : `${level.toUpperCase()}: `
  const pairs = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}=${text(value)}`)
  return oneLine([`${clock}  ${mark}${message}`, ...pairs].join('  '))
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value))
}

/**
 * Removes line breaks, control characters and marks that turn the direction of writing, so that foreign text cannot start
 * lines, control the terminal, or show words in another order.
 */
function oneLine(line: string): string {
  return line.replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu, ' ')
}

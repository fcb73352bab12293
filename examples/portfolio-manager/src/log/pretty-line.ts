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

/** Removes line breaks and control characters, so that foreign text cannot start lines or control the terminal. */
function oneLine(line: string): string {
  return line.replace(/\p{Cc}+/gu, ' ')
}

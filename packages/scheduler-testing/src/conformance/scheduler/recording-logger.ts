import type { Logger } from '@pm/scheduler-core'

export interface Line {
  readonly level: keyof Logger
  readonly fields: Readonly<Record<string, unknown>>
  readonly message: string
}

/** A logger of a host, and the lines that it was given. */
export function recordingLogger(): { readonly logger: Logger; readonly lines: readonly Line[] } {
  const lines: Line[] = []
  const at = (level: keyof Logger) => (fields: object, message: string) =>
    void lines.push({ level, fields: fields as Line['fields'], message })
  return { lines, logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } }
}

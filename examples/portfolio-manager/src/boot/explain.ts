import { UserError } from '../user-error.ts'

/** What went wrong, for the person who started the application: what it is and what mends it, and no stack. */
export function explain(error: unknown): string {
  const details = error instanceof UserError ? error.details : []
  const message = error instanceof Error ? error.message : String(error)
  return `Portfolio manager cannot start. ${message}\n${details.map((detail) => `  ${detail}\n`).join('')}`
}

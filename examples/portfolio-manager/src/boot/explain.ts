import { UserError } from '../user-error.ts'

/** Describes a failed start to the person who started the application: the problem and its remedy, without a stack. */
export function explain(error: unknown): string {
  const details = error instanceof UserError ? error.details : []
  const message = error instanceof Error ? error.message : String(error)
  return `Portfolio manager cannot start. ${message}\n${details.map((detail) => `  ${detail}\n`).join('')}`
}

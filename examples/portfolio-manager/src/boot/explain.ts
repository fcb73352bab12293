import { createRedactor } from '../log/redact.ts'
import { UserError } from '../user-error.ts'

/**
 * Describes a failed start to the person who started the application: the problem and its remedy, without a stack and
 * without the secrets, wherever the message came from.
 */
export function explain(error: unknown, secrets: readonly string[] = []): string {
  const details = error instanceof UserError ? error.details : []
  const message = error instanceof Error ? error.message : String(error)
  const text = `Portfolio manager cannot start. ${message}\n${details.map((detail) => `  ${detail}\n`).join('')}`
  return createRedactor(secrets)(text)
}

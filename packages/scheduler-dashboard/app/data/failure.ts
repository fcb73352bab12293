import { StatusClientError } from '@pm/scheduler-core/client'

import type { Trouble } from '../live/messages.ts'
import { strings } from '../strings/index.ts'

/** Why something could not be loaded or done, as a page shows it. */
export interface Failure {
  readonly kind: 'forbidden' | 'logged-out' | 'error'
  readonly code: string
  /** A sentence for the reader. */
  readonly text: string
}

export function toFailure(error: unknown): Failure {
  if (error instanceof StatusClientError) return failureOf(error)
  return { kind: 'error', code: 'UNEXPECTED', text: error instanceof Error ? error.message : String(error) }
}

export function failureOf({ code, status, message }: Trouble): Failure {
  const known: Readonly<Record<string, string>> = strings.kit.problems
  return { kind: kindOf(status), code, text: known[code] ?? message }
}

function kindOf(status: number | null): Failure['kind'] {
  if (status === 401) return 'logged-out'
  return status === 403 ? 'forbidden' : 'error'
}

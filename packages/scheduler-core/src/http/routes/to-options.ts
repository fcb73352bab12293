import type { CommandOptions } from '../../scheduler-api.ts'
import type { Principal } from '../access.ts'

/** Why something is commanded, and on which version of the control state that is based. */
export interface Reason {
  readonly why?: string | undefined
  readonly expected_version?: number | undefined
}

export function toOptions({ why, expected_version: expectedVersion }: Reason, { name }: Principal): CommandOptions {
  return { by: name, ...(why !== undefined && { why }), ...(expectedVersion !== undefined && { expectedVersion }) }
}

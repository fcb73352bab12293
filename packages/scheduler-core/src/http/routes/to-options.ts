import { SchedulerError } from '../../errors.ts'
import type { CommandOptions } from '../../scheduler-api.ts'
import type { PlainRequest } from '../exchange/request.ts'
import type { RouteContext } from './route.ts'

/** The reason of a command, and the version of the control state that it is based on. */
export interface Reason {
  readonly why?: string | undefined
  readonly expected_version?: number | undefined
}

export function toOptions(
  { why, expected_version: expectedVersion }: Reason,
  { principal, request }: Pick<RouteContext, 'principal' | 'request'>,
): CommandOptions {
  const idempotencyKey = idempotencyKeyOf(request)
  return {
    by: principal.name,
    ...(why !== undefined && { why }),
    ...(expectedVersion !== undefined && { expectedVersion }),
    ...(idempotencyKey !== null && { idempotencyKey }),
  }
}

/** The key as the draft standard has it, a quoted string, or as most clients send it, without the quotes. */
function idempotencyKeyOf(request: PlainRequest): string | null {
  const header = request.header('idempotency-key')
  if (header === null) return null
  const [, quoted, plain] = KEY.exec(header.trim()) ?? []
  const key = quoted ?? plain
  if (key !== undefined) return key
  const expected = '1 to 255 letters, digits or any of -._~:+/=, in quotes or without'
  throw new SchedulerError('INVALID_REQUEST', { path: 'header.idempotency-key', expected })
}

const KEY = /^(?:"([\w.~:+/=-]{1,255})"|([\w.~:+/=-]{1,255}))$/

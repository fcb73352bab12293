import type { CommandOptions, PauseOptions } from '../../api/commands.ts'
import type { ReadOptions } from '../../api/read-options.ts'
import type { CommandBody, PauseBody } from '../../contract/requests.ts'
import { SchedulerError } from '../../errors.ts'
import type { PlainRequest } from '../exchange/request.ts'
import type { RouteContext } from './route.ts'

/** Who gives a command and why, and the version of the control state that it is based on. */
export function toOptions(
  { why, expected_version: expectedVersion }: CommandBody,
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

/** The same, with the end of the pause where the body names one. */
export function toPauseOptions(body: PauseBody, context: Pick<RouteContext, 'principal' | 'request'>): PauseOptions {
  const until = body.until ?? null
  return { ...toOptions(body, context), ...(until !== null && { until: Date.parse(until) }) }
}

/** Who asks, and until when: a question is not answered to its end when its caller has hung up. */
export function toReadOptions({ principal, request }: Pick<RouteContext, 'principal' | 'request'>): ReadOptions {
  const { signal } = request
  return { by: principal.name, ...(signal && { signal }) }
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

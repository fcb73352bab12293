import type { CommandOptions } from '../../api/commands.ts'
import { SchedulerError } from '../../errors.ts'
import { describeValue } from '../../options/describe-value.ts'
import type { Terms } from './once.ts'

/** Checks the preconditions of a command. Throws `INVALID_OPTIONS`. */
export function termsOf({ expectedVersion, idempotencyKey }: CommandOptions): Terms {
  if (idempotencyKey !== undefined && !IDEMPOTENCY_KEY.test(idempotencyKey)) {
    throw new SchedulerError('INVALID_OPTIONS', {
      path: 'idempotencyKey',
      received: describeValue(idempotencyKey),
      expected: '1 to 255 printable ASCII characters',
    })
  }
  return {
    ...(expectedVersion !== undefined && { expectedVersion }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
  }
}

const IDEMPOTENCY_KEY = /^[\x20-\x7e]{1,255}$/

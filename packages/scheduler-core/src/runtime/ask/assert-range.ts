import type { EpochMs } from '../../clock.ts'
import { SchedulerError } from '../../errors.ts'
import { describeValue } from '../../options/describe-value.ts'

/** Refuses what is no range `[from, to)` of instants with `INVALID_OPTIONS`. */
export function assertRange({ from, to }: { readonly from: EpochMs; readonly to: EpochMs }): void {
  for (const [path, value] of Object.entries({ from, to })) {
    if (!Number.isSafeInteger(value)) refuse(path, value, 'an instant in whole milliseconds since the epoch')
  }
  if (from >= to) refuse('to', to, `an instant after from (${from})`)
}

function refuse(path: string, value: unknown, expected: string): never {
  throw new SchedulerError('INVALID_OPTIONS', { path, received: describeValue(value), expected })
}

import type { EpochMs } from '../../clock.ts'
import { refuseOption } from '../../options/refuse-option.ts'

/** Refuses what is no range `[from, to)` of instants with `INVALID_OPTIONS`. */
export function assertRange({ from, to }: { readonly from: EpochMs; readonly to: EpochMs }): void {
  for (const [path, value] of Object.entries({ from, to })) {
    if (!Number.isSafeInteger(value)) refuseOption({ path, value, expected: INSTANT })
  }
  if (from >= to) refuseOption({ path: 'to', value: to, expected: `an instant after from (${from})` })
}

const INSTANT = 'an instant in whole milliseconds since the epoch'

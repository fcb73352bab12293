import * as z from 'zod'
import { lazily } from '../lazily.ts'

import { refuseOption } from '../options/refuse-option.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
const YEAR_MS = 366 * DAY_MS
const LONGEST_MS = 100 * YEAR_MS

/** How long what is kept, as options of a scheduler. */
export const retentionFields = lazily(() => ({
  retentionMs: z
    .int()
    .min(HOUR_MS)
    .max(LONGEST_MS)
    .default(30 * DAY_MS),
  inputRetentionMs: z.int().min(MINUTE_MS).optional(),
  logRetentionMs: z.int().min(HOUR_MS).max(LONGEST_MS).optional(),
  recentWindowMs: z.int().min(MINUTE_MS).max(YEAR_MS).default(DAY_MS),
}))

interface Given {
  readonly retentionMs: number
  readonly recentWindowMs: number
  readonly inputRetentionMs?: number | undefined
  readonly logRetentionMs?: number | undefined
}

/** Fills in the two that depend on `retentionMs`. Throws `INVALID_OPTIONS` for those that do not fit together. */
export function fitRetention({ retentionMs, recentWindowMs, ...given }: Given) {
  const { inputRetentionMs = Math.min(7 * DAY_MS, retentionMs) } = given
  const { logRetentionMs = Math.max(400 * DAY_MS, retentionMs) } = given
  for (const [field, value] of Object.entries({ recentWindowMs, inputRetentionMs })) {
    if (value > retentionMs) refuse(field, value, `at most retentionMs (${retentionMs})`)
  }
  if (logRetentionMs < retentionMs) refuse('logRetentionMs', logRetentionMs, `at least retentionMs (${retentionMs})`)
  return { inputRetentionMs, logRetentionMs }
}

function refuse(field: string, value: number, expected: string): never {
  return refuseOption({ path: `scheduler.${field}`, value, expected })
}

import * as z from 'zod'
import { lazily } from '../lazily.ts'

import { parseOptions } from '../options/parse-options.ts'
import { compileCron, isCompiled } from './compiled-cron.ts'
import { CRON_DIALECTS } from './cron-dialect.ts'
import { MAX_PERIOD_MS, MIN_PERIOD_MS } from './every.ts'
import { MAX_INSTANT } from './instant.ts'
import { isMade, made } from './made.ts'
import { ON_DEMAND } from './on-demand.ts'
import { refuseAncient } from './once.ts'
import type { Schedule } from './schedule.ts'

/**
 * Checks a schedule from an untrusted source, such as JSON, and answers one like those of `every`, `cron` and `once`,
 * or `{ kind: 'on-demand' }` for no due time.
 * Throws `INVALID_OPTIONS` below `path` (default `schedule`).
 */
export function parseSchedule(value: unknown, path = 'schedule'): Schedule {
  if (isChecked(value)) return value
  const schedule = parseOptions(scheduleSchema(), value, path)
  switch (schedule.kind) {
    case 'cron':
      return compileCron(schedule, { pattern: `${path}.pattern`, timezone: `${path}.timezone` })
    case 'every':
      return made(schedule)
    case 'once':
      refuseAncient(schedule.at, `${path}.at`)
      return made(schedule)
    case 'on-demand':
      return ON_DEMAND
  }
}

function isChecked(value: unknown): value is Schedule {
  try {
    return typeof value === 'object' && value !== null && (isMade(value) || isCompiled(value))
  } catch {
    // A proxy may refuse the question.
    return false
  }
}

const instant = lazily(() =>
  z.preprocess(
    (value) => (value instanceof Date ? value.getTime() : value),
    z.int().min(-MAX_INSTANT).max(MAX_INSTANT),
  ),
)

const scheduleSchema = lazily(() =>
  z.discriminatedUnion(
    'kind',
    [
      z.strictObject({
        kind: z.literal('every'),
        periodMs: z.int().min(MIN_PERIOD_MS).max(MAX_PERIOD_MS),
        anchorAt: instant().prefault(0),
      }),
      z.strictObject({
        kind: z.literal('cron'),
        pattern: z.string(),
        timezone: z.string().default('UTC'),
        dialect: z.enum(CRON_DIALECTS).optional(),
      }),
      z.strictObject({ kind: z.literal('once'), at: instant() }),
      z.strictObject({ kind: z.literal('on-demand') }),
    ],
    { error: 'a schedule made by every(), cron() or once()' },
  ),
)

import { z } from 'zod'

import { parseOptions } from '../options/parse-options.ts'
import { compileCron, isCompiled } from './compiled-cron.ts'
import { MAX_PERIOD_MS, MIN_PERIOD_MS } from './every.ts'
import { MAX_INSTANT } from './instant.ts'
import type { Schedule } from './schedule.ts'

/**
 * Checks a schedule from an untrusted source, such as JSON, and answers one like those of `every`, `cron` and `once`.
 * Throws `INVALID_OPTIONS` below `path` (default `schedule`).
 */
export function parseSchedule(value: unknown, path = 'schedule'): Schedule {
  const schedule = parseOptions(scheduleSchema, value, path)
  switch (schedule.kind) {
    case 'cron':
      return typeof value === 'object' && value !== null && isCompiled(value)
        ? value
        : compileCron(schedule, { pattern: `${path}.pattern`, timezone: `${path}.timezone` })
    case 'every':
    case 'once':
      return Object.freeze(schedule)
  }
}

const instant = z.preprocess(
  (value) => (value instanceof Date ? value.getTime() : value),
  z.int().min(-MAX_INSTANT).max(MAX_INSTANT),
)

const scheduleSchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      kind: z.literal('every'),
      periodMs: z.int().min(MIN_PERIOD_MS).max(MAX_PERIOD_MS),
      anchorAt: instant.prefault(0),
    }),
    z.strictObject({ kind: z.literal('cron'), pattern: z.string(), timezone: z.string().default('UTC') }),
    z.strictObject({ kind: z.literal('once'), at: instant }),
  ],
  { error: 'a schedule made by every(), cron() or once()' },
)

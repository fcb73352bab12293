import { z } from 'zod'

import { distanceToNext } from '../schedule/next-due.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { MISFIRE_POLICIES, OVERLAP_POLICIES } from './policies.ts'

/** 2^31 - 1 ms, about 24.8 days: more is a mistake of units. */
export const MAX_MS = 2 ** 31 - 1
const HOUR_MS = 3_600_000

/** What each policy may be, where a job is defined and where it is configured at run time. */
export const policyFields = {
  timeoutMs: z.int().min(1).max(MAX_MS),
  misfireGraceMs: z.int().min(0).max(MAX_MS),
  misfirePolicy: z.enum(MISFIRE_POLICIES),
  overlapPolicy: z.enum(OVERLAP_POLICIES),
  priority: z.int().min(-1_000).max(1_000),
}

export const retryFields = {
  maxAttempts: z.int().min(1).max(1_000),
  backoffMs: z.int().min(0).max(MAX_MS),
  maxBackoffMs: z.int().min(0).max(MAX_MS),
}

/** How late a due time may start unless the job says otherwise: one period, at most an hour. */
export function defaultGrace(schedule: Schedule): number {
  return Math.min(distanceToNext(schedule, 0) ?? HOUR_MS, HOUR_MS)
}

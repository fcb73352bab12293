import { z } from 'zod'

import { count, timestamp } from './fields.ts'
import { perWindow, runMetrics } from './metric-windows.ts'

/** The rule that yields a job's due times. */
export const schedule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('every'), period_ms: z.number().positive(), anchor_at: timestamp }),
  z.object({ kind: z.literal('cron'), pattern: z.string(), timezone: z.string() }),
  z.object({ kind: z.literal('once'), at: timestamp }),
])

/** A pause: who asked for it, why, since when, and when it ends by itself (`null`: it does not). */
export const pause = z.object({
  by: z.string(),
  why: z.string().nullable(),
  at: timestamp,
  until: timestamp.nullable(),
})

/** `GET /jobs/:job` */
export const job = z.object({
  name: z.string(),
  schedule,
  interval_ms: z.number().positive().nullable(),
  paused: pause.nullable(),
  running_runs: count,
  last_run_at: timestamp.nullable(),
  last_success_at: timestamp.nullable(),
  last_failure_at: timestamp.nullable(),
  next_run_at: timestamp.nullable(),
  consecutive_failures: count,
  windows: perWindow(runMetrics),
})

/** `GET /jobs`: every job, in the order of their definition, from one snapshot. */
export const jobList = z.object({ snapshot_id: z.string(), as_of: timestamp, stale: z.boolean(), items: z.array(job) })

export type JobView = z.infer<typeof job>
export type JobListView = z.infer<typeof jobList>
export type ScheduleView = z.infer<typeof schedule>
export type PauseView = z.infer<typeof pause>

import * as z from 'zod'

import { COMMAND_KINDS, DESIRED_STATES } from '../control/control.ts'
import { count, observedState, timestamp } from '../view/fields.ts'
import { jobConfig, pause, schedule } from './job.ts'

/** The settings made at run time. Every other setting is as the code says. */
export const config = z.object({
  concurrency: z.int().positive().nullable().describe('Runs that one instance has at a time; null: as the code says.'),
  jobs: z.record(z.string(), jobConfig),
  providers: z.record(z.string(), z.object({ enabled: z.boolean() })),
})

/**
 * `GET /config`: the settings made at run time, and the version that a change can be based on, which is also its ETag.
 */
export const configuration = config.extend({ version: count })

/** What operators asked of a scheduler: who, when and why. */
const controlStateObject = z.object({
  version: count,
  desired: z.enum(DESIRED_STATES),
  at: timestamp,
  by: z.string(),
  why: z.string().nullable(),
  paused_until: timestamp.nullable().describe('When the pause ends by itself; null: it does not, or there is none.'),
  paused_jobs: z.record(z.string(), pause),
  config,
})

/** As a type of its own, so that declarations name it instead of repeating it. */
export interface ControlStateView extends z.infer<typeof controlStateObject> {}
export const controlState: z.ZodType<ControlStateView> = controlStateObject

const settingValue = z.union([schedule, z.string(), z.number(), z.boolean()]).nullable()

/** One setting that a command changed; `null` is the value in the code. */
const configChange = z.object({ setting: z.string(), from: settingValue, to: settingValue })

/** The result of a command; `changed` is false when it changed nothing. */
export const commandResult = z.object({ state: observedState, changed: z.boolean(), control: controlState })

/** `POST /jobs/:job/run`: the run is claimed, not over. */
export const runStarted = commandResult.extend({ run_id: z.uuid() })

/** `POST /runs/:id/cancel`: the run's owner is asked to abort it. */
export const cancelRequested = commandResult.extend({ run_id: z.uuid(), cancel_requested: z.literal(true) })

/** `POST /jobs/:job/backfill`: how many due times wait for their turn. */
export const backfillQueued = commandResult.extend({ queued: count })

/** One command in the control log. */
export const logEntry = z.object({
  id: z.string(),
  at: timestamp,
  kind: z.enum(COMMAND_KINDS),
  by: z.string(),
  why: z.string().nullable(),
  job: z.string().nullable(),
  run_id: z.uuid().nullable(),
  until: timestamp.nullable(),
  /** The changes of the configuration; empty for most commands. */
  changes: z.array(configChange),
  version: count,
})

/** `GET /log`: who commanded what, when and why, latest first. */
export const logPage: z.ZodType<LogPageView> = z.object({
  items: z.array(logEntry),
  next_cursor: z.string().nullable(),
})

export type ConfigurationView = z.infer<typeof configuration>
export type ConfigView = z.infer<typeof config>
export type CommandResultView = z.infer<typeof commandResult>
export type RunStartedView = z.infer<typeof runStarted>
export type CancelRequestedView = z.infer<typeof cancelRequested>
export type BackfillQueuedView = z.infer<typeof backfillQueued>
export interface LogEntryView extends z.infer<typeof logEntry> {}
export interface LogPageView {
  readonly items: readonly LogEntryView[]
  readonly next_cursor: string | null
}

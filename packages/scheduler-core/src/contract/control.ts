import * as z from 'zod'

import { COMMAND_KINDS, type CommandKind, DESIRED_STATES, type DesiredState } from '../control/control.ts'
import type { ObservedState } from '../reading/snapshot.ts'
import { exactSchema } from '../view/exactly.ts'
import { count, observedState, timestamp } from './fields.ts'
import { type JobConfigView, jobConfig, type PauseView, pause, type ScheduleView, schedule } from './job.ts'

const configObject = z.object({
  concurrency: z.int().positive().nullable().describe('Runs that one instance has at a time; null: as the code says.'),
  jobs: z.record(z.string(), jobConfig),
  providers: z.record(z.string(), z.object({ enabled: z.boolean() })),
})

/** The settings made at run time. Every other setting is as the code says. */
export const config: z.ZodType<ConfigView> = exactSchema(configObject)

/** `GET /config`: the settings made at run time, and the version that a change can be based on, also its ETag. */
export const configuration: z.ZodType<ConfigurationView> = exactSchema(configObject.extend({ version: count }))

const settings = { concurrency: configObject.shape.concurrency, providers: configObject.shape.providers }

/** What a command left: the version, who asked for the state, when and why, and what the command set. */
export const controlMark: z.ZodType<ControlMarkView> = exactSchema(
  z.object({
    version: count,
    desired: z.enum(DESIRED_STATES),
    at: timestamp,
    by: z.string(),
    why: z.string().nullable(),
    paused_until: timestamp.nullable().describe('When the pause ends by itself; null: it does not, or there is none.'),
    jobs: z
      .record(z.string(), z.object({ paused: pause.nullable(), config: jobConfig }))
      .optional()
      .describe('The jobs that the command is about, as they are after it.'),
    config: z.object(settings).optional().describe('Only of PATCH /config: the settings after it.'),
  }),
)

const settingValue = z.union([schedule, z.string(), z.number(), z.boolean()]).nullable()

/** One setting that a command changed; `null` is the value in the code. */
const configChange = z.object({ setting: z.string(), from: settingValue, to: settingValue })

export const commandResultObject = z.object({ state: observedState, changed: z.boolean(), control: controlMark })

/** The result of a command; `changed` is false when it changed nothing. */
export const commandResult: z.ZodType<CommandResultView> = exactSchema(commandResultObject)

/** `POST /stop`: no more runs start, and those under way are being drained. */
export const stopAccepted: z.ZodType<StopAcceptedView> = exactSchema(
  commandResultObject.extend({
    watch: z
      .literal('status')
      .describe('The address to watch, relative to this one: in version 2 each instance tells when it is drained.'),
  }),
)

/** `POST /jobs/:job/run`: the run is claimed, not over. */
export const runStarted: z.ZodType<RunStartedView> = exactSchema(commandResultObject.extend({ run_id: z.uuid() }))

/** `POST /runs/:id/cancel`: the run's owner is asked to abort it. */
export const cancelRequested: z.ZodType<CancelRequestedView> = exactSchema(
  commandResultObject.extend({ run_id: z.uuid(), cancel_requested: z.literal(true) }),
)

/** `POST /jobs/:job/backfill`: how many due times wait for their turn. */
export const backfillQueued: z.ZodType<BackfillQueuedView> = exactSchema(commandResultObject.extend({ queued: count }))

/** One command in the control log. */
export const logEntry: z.ZodType<LogEntryView> = exactSchema(
  z.object({
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
  }),
)

/** `GET /log`: who commanded what, when and why, latest first. */
export const logPage: z.ZodType<LogPageView> = exactSchema(
  z.object({
    items: z.array(logEntry),
    next_cursor: z.string().nullable(),
  }),
)

export interface ConfigView {
  readonly concurrency: number | null
  readonly jobs: Readonly<Record<string, JobConfigView>>
  readonly providers: Readonly<Record<string, { readonly enabled: boolean }>>
}
export interface ConfigurationView extends ConfigView {
  readonly version: number
}
export interface ControlMarkView {
  readonly version: number
  readonly desired: DesiredState
  readonly at: string
  readonly by: string
  readonly why: string | null
  /** When the pause ends by itself; `null`: it does not, or there is none. */
  readonly paused_until: string | null
  /** The jobs that the command is about, as they are after it. */
  readonly jobs?: Readonly<Record<string, CommandedJobView>> | undefined
  /** Only of `PATCH /config`: the settings after it. */
  readonly config?: Pick<ConfigView, 'concurrency' | 'providers'> | undefined
}
export interface CommandedJobView {
  readonly paused: PauseView | null
  readonly config: JobConfigView
}
export interface CommandResultView {
  readonly state: ObservedState
  readonly changed: boolean
  readonly control: ControlMarkView
}
export interface StopAcceptedView extends CommandResultView {
  /** The address to watch, relative to the command. */
  readonly watch: 'status'
}
export interface RunStartedView extends CommandResultView {
  readonly run_id: string
}
export interface CancelRequestedView extends RunStartedView {
  readonly cancel_requested: true
}
export interface BackfillQueuedView extends CommandResultView {
  readonly queued: number
}
export interface LogEntryView {
  readonly id: string
  readonly at: string
  readonly kind: CommandKind
  readonly by: string
  readonly why: string | null
  readonly job: string | null
  readonly run_id: string | null
  readonly until: string | null
  /** The changes of the configuration; empty for most commands. */
  readonly changes: readonly { readonly setting: string; readonly from: SettingValue; readonly to: SettingValue }[]
  readonly version: number
}
/** `null` is as the code says. */
type SettingValue = ScheduleView | string | number | boolean | null
export interface LogPageView {
  readonly items: readonly LogEntryView[]
  readonly next_cursor: string | null
}

import type { EpochMs } from '../clock.ts'
import type { RunId } from '../ids.ts'
import {
  type ConfigChange,
  type ConfigPatch,
  forgetJobConfig,
  type JobConfig,
  type JobConfigPatch,
  jobConfigIn,
  NO_CONFIG,
  patchConfig,
  patchJobConfig,
  type SchedulerConfig,
} from './config.ts'
import { type CommandActor, type Pause, pauseIn, pausesIn } from './pauses.ts'

export type { CommandActor, Pause } from './pauses.ts'

/** The states that an operator can ask for. */
export const DESIRED_STATES = ['running', 'paused', 'stopped'] as const
export type DesiredState = (typeof DESIRED_STATES)[number]

/** The operators' commands in effect. They survive restarts, and every instance follows them. */
export interface ControlState extends CommandActor {
  /** Grows by one with every command. */
  readonly version: number
  readonly desired: DesiredState
  /** When the present desired state was commanded. */
  readonly at: EpochMs
  /** When the pause ends by itself; `null` without an end or a pause. */
  readonly pausedUntil: EpochMs | null
  /** The pauses of single jobs, by job. */
  readonly pausedJobs: Readonly<Record<string, Pause>>
  /** The settings made at run time. Stores answer them as written; readers check them. */
  readonly config: SchedulerConfig
  /** Grows by one whenever the definition of a job takes effect or ends, or an instance leaves. */
  readonly definitions: number
}

/** What a command was about, beside the state of the whole scheduler. */
export type CommandSubject = { readonly job: string } | 'settings' | null

/** What tells one control state from another and who wanted it, with what a command to one job, or to the settings, left. */
export interface ControlMark extends Omit<ControlState, 'pausedJobs' | 'config' | 'definitions'> {
  /** Only of a command to one job. */
  readonly job?: CommandedJob
  /** Only of a command to the settings of the scheduler. */
  readonly settings?: Omit<SchedulerConfig, 'jobs'>
}

export interface CommandedJob {
  readonly name: string
  readonly pause: Pause | null
  readonly config: JobConfig
}

export function markOf(control: ControlState, about: CommandSubject): ControlMark {
  const { version, desired, at, by, why, pausedUntil } = control
  return { version, desired, at, by, why, pausedUntil, ...partsOf(control, about) }
}

function partsOf(control: ControlState, about: CommandSubject): Pick<ControlMark, 'job' | 'settings'> {
  if (about === null) return {}
  if (about !== 'settings') {
    const { job: name } = about
    return { job: { name, pause: pauseIn(control, name) ?? null, config: jobConfigIn(control.config, name) } }
  }
  const { jobs: _, ...settings } = patchConfig(control.config, {})
  return { settings }
}

/** A change of the control state. */
export type SchedulerCommand =
  | (CommandActor & { readonly kind: 'start' | 'stop' | 'resume' })
  | (CommandActor & { readonly kind: 'pause'; readonly until: EpochMs | null })
  | (CommandActor & { readonly kind: 'pause-job'; readonly job: string; readonly until: EpochMs | null })
  | (CommandActor & { readonly kind: 'resume-job'; readonly job: string })
  | (CommandActor & { readonly kind: 'configure'; readonly patch: ConfigPatch })
  | (CommandActor & { readonly kind: 'configure-job'; readonly job: string; readonly patch: JobConfigPatch })
  | (CommandActor & {
      readonly kind: 'backfill' | 'cancel-backfill' | 'forget-job' | TemplateVerb
      readonly job: string
    })
  | (CommandActor & { readonly kind: 'run-job' | 'cancel-run'; readonly job: string; readonly runId: RunId })

export function subjectOf(command: SchedulerCommand): CommandSubject {
  if ('job' in command) return { job: command.job }
  return command.kind === 'configure' ? 'settings' : null
}

/** What is done with jobs of templates. */
export type TemplateVerb = 'create-job' | 'update-job' | 'remove-job'

export const COMMAND_KINDS = [
  'start',
  'stop',
  'pause',
  'resume',
  'pause-job',
  'resume-job',
  'configure',
  'configure-job',
  'run-job',
  'backfill',
  'cancel-backfill',
  'cancel-run',
  'forget-job',
  'create-job',
  'update-job',
  'remove-job',
] as const
export type CommandKind = (typeof COMMAND_KINDS)[number]

/** One command in the control log: who gave it, when and why. */
export interface LogEntry extends CommandActor {
  readonly id: string
  readonly at: EpochMs
  readonly kind: CommandKind
  readonly job: string | null
  readonly runId: RunId | null
  readonly until: EpochMs | null
  /** The settings that the command changed; empty for most commands. */
  readonly changes: readonly ConfigChange[]
  /** The version of the control state that the command produced. */
  readonly version: number
}

/** The control state of a newly registered scheduler. */
export function initialControl(now: EpochMs): ControlState {
  const nothing = { pausedUntil: null, pausedJobs: {}, config: NO_CONFIG, definitions: 0 }
  return { version: 0, desired: 'running', at: now, by: 'system', why: null, ...nothing }
}

/** The control state after a command. Pure; the stores write the result. */
export function applyToControl(control: ControlState, command: SchedulerCommand, now: EpochMs): ControlState {
  const version = control.version + 1
  const { by, why } = command
  switch (command.kind) {
    case 'start':
    case 'resume':
      return { ...control, version, desired: 'running', at: now, by, why, pausedUntil: null }
    case 'stop':
      return { ...control, version, desired: 'stopped', at: now, by, why, pausedUntil: null }
    case 'pause':
      return { ...control, version, desired: 'paused', at: now, by, why, pausedUntil: command.until }
    case 'pause-job': {
      const pause: Pause = { by, why, at: now, until: command.until }
      return { ...control, version, pausedJobs: { ...pausesIn(control), [command.job]: pause } }
    }
    case 'resume-job': {
      const { [command.job]: _, ...pausedJobs } = pausesIn(control)
      return { ...control, version, pausedJobs }
    }
    case 'configure':
      return { ...control, version, config: patchConfig(control.config, command.patch) }
    case 'configure-job':
      return { ...control, version, config: patchJobConfig(control.config, command.job, command.patch) }
    case 'forget-job': {
      const { [command.job]: _, ...pausedJobs } = pausesIn(control)
      return { ...control, version, pausedJobs, config: forgetJobConfig(control.config, command.job) }
    }
    case 'backfill':
    case 'cancel-backfill':
    case 'run-job':
    case 'cancel-run':
    case 'create-job':
    case 'update-job':
    case 'remove-job':
      return { ...control, version }
  }
}

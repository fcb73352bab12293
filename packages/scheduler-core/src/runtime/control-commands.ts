import type { CommandOptions, CommandResult, PauseOptions } from '../api/commands.ts'
import type { EpochMs } from '../clock.ts'
import type { JobConfigPatch } from '../control/config.ts'
import type { CommandActor, ControlState } from '../control/control.ts'
import { parseConfigPatch, parseJobPatch } from '../control/parse-config.ts'
import type { Job, JobPolicies } from '../job/job.ts'
import type { Turns } from '../loop/turns.ts'
import { refuseOption } from '../options/refuse-option.ts'
import { toEpochMs } from '../schedule/instant.ts'
import type { Scheduler } from '../scheduler-api.ts'
import type { SchedulerContext } from '../scheduler-context.ts'
import { noSuchJob } from '../state/job-names.ts'
import { actorOf } from './ask/actor-of.ts'
import type { ControlCommand } from './ask/control-commander.ts'
import { termsOf } from './ask/terms-of.ts'
import type { Lifecycle } from './lifecycle.ts'

type ControlCommands = Pick<
  Scheduler,
  'start' | 'stop' | 'pause' | 'resume' | 'pauseJob' | 'resumeJob' | 'configure' | 'configureJob'
>

export interface CommandParts {
  readonly turns: Turns
  readonly lifecycle: Lifecycle
  /** Called with the control state that a command leaves, before the command is answered. */
  readonly onCommanded: (control: ControlState) => void
}

/** The commands that change the control state of the scheduler and of its jobs. */
export function createControlCommands<S extends object>(
  context: SchedulerContext<S>,
  { turns, lifecycle, onCommanded }: CommandParts,
): ControlCommands {
  const { options, configuration, logger, state, providers } = context

  function command(build: (actor: CommandActor) => ControlCommand, given: CommandOptions = {}): Promise<CommandResult> {
    return turns.take(async () => {
      const instance = lifecycle.assertOpen()
      const { answer, control, replayed } = await instance.command(
        build(actorOf(given, options.redact)),
        termsOf(given),
      )
      onCommanded(control)
      instance.replan()
      return { ...answer, replayed }
    })
  }

  /** A start meanwhile lets the runs go on. */
  async function drain(): Promise<void> {
    await lifecycle.current?.drain(options.graceMs, { isWanted: () => state.desired === 'stopped' })
  }

  return {
    start: (given) => command((actor) => ({ kind: 'start', ...actor }), given),
    resume: (given) => command((actor) => ({ kind: 'resume', ...actor }), given),
    async pause(given) {
      const until = endOfPause(given ?? {})
      return command((actor) => ({ kind: 'pause', until, ...actor }), given)
    },
    async stop(given) {
      const result = await command((actor) => ({ kind: 'stop', ...actor }), given)
      if (result.replayed) return result
      const drained = drain()
      if (given?.resolveWhen === 'accepted') drained.catch((err: unknown) => logger.error({ err }, NOT_DRAINED))
      else await drained
      return result
    },
    async pauseJob(job, given) {
      jobNamed(context, job)
      const until = endOfPause(given ?? {})
      return command((actor) => ({ kind: 'pause-job', job, until, ...actor }), given)
    },
    async resumeJob(job, given) {
      jobNamed(context, job)
      return command((actor) => ({ kind: 'resume-job', job, ...actor }), given)
    },
    async configure(wanted, given) {
      const patch = parseConfigPatch(wanted)
      providers.check(patch)
      return command((actor) => ({ kind: 'configure', patch, ...actor }), given)
    },
    async configureJob(job, wanted, given) {
      const patch = parseJobPatch(wanted, jobNamed(context, job))
      const own = configuration.definitions.own.get(job)
      if (own) refuseScheduleOf(own, patch)
      return command((actor) => ({ kind: 'configure-job', job, patch, ...actor }), given)
    },
  }
}

const NOT_DRAINED = 'The drain after a stop has failed'

/** The job as it is defined, here or on other instances. Throws `JOB_NOT_FOUND`, and `JOB_RENAMED` for a former name. */
export function jobNamed<S extends object>(
  { configuration, names }: Pick<SchedulerContext<S>, 'configuration' | 'names'>,
  name: string,
): JobPolicies {
  const job = configuration.definedAs(name)
  if (!job) throw noSuchJob(names, name)
  return job
}

/** The runs of a schedule have no input: a job that needs one cannot have a schedule. */
function refuseScheduleOf<S>({ takes }: Job<S>, { schedule }: JobConfigPatch): void {
  if (!takes?.isRequired || !schedule || schedule.kind === 'on-demand') return
  const expected = 'no schedule: each run of this job needs an input, and those of a schedule have none'
  refuseOption({ path: 'job.schedule', value: schedule, received: `a schedule of the kind ${schedule.kind}`, expected })
}

/** When a pause ends. Whether that is in the future is checked when the pause begins. */
function endOfPause({ until }: PauseOptions): EpochMs | null {
  return until === undefined ? null : toEpochMs(until, 'until')
}

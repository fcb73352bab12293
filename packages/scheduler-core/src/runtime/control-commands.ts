import type { EpochMs } from '../clock.ts'
import { type CommandActor, type ControlState, initialControl } from '../control/control.ts'
import { parseConfigPatch, parseJobPatch } from '../control/parse-config.ts'
import { SchedulerError } from '../errors.ts'
import type { Job } from '../job/job.ts'
import type { Turns } from '../loop/turns.ts'
import { toEpochMs } from '../schedule/instant.ts'
import type { CommandOptions, CommandResult, PauseOptions, Scheduler } from '../scheduler-api.ts'
import type { SchedulerContext } from '../scheduler-context.ts'
import { actorOf } from './ask/actor-of.ts'
import type { ControlCommand } from './ask/control-commander.ts'
import { termsOf } from './ask/terms-of.ts'
import type { Lifecycle } from './lifecycle.ts'

type ControlCommands = Pick<
  Scheduler,
  'start' | 'stop' | 'pause' | 'resume' | 'pauseJob' | 'resumeJob' | 'configure' | 'configureJob' | 'control'
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
  const { scheduler, options, store, units, clock, providers } = context
  const { jobs } = options

  function command(build: (actor: CommandActor) => ControlCommand, given: CommandOptions = {}): Promise<CommandResult> {
    return turns.take(async () => {
      const instance = lifecycle.assertOpen()
      const { answer, replayed } = await instance.command(build(actorOf(given)), termsOf(given))
      onCommanded(answer.control)
      instance.replan()
      return { ...answer, replayed }
    })
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
      if (!result.replayed) await lifecycle.current?.drain(options.graceMs)
      return result
    },
    async pauseJob(job, given) {
      jobNamed(jobs, job)
      const until = endOfPause(given ?? {})
      return command((actor) => ({ kind: 'pause-job', job, until, ...actor }), given)
    },
    async resumeJob(job, given) {
      jobNamed(jobs, job)
      return command((actor) => ({ kind: 'resume-job', job, ...actor }), given)
    },
    async configure(wanted, given) {
      const patch = parseConfigPatch(wanted)
      providers.check(patch)
      return command((actor) => ({ kind: 'configure', patch, ...actor }), given)
    },
    async configureJob(job, wanted, given) {
      const patch = parseJobPatch(wanted, jobNamed(jobs, job))
      return command((actor) => ({ kind: 'configure-job', job, patch, ...actor }), given)
    },
    async control() {
      const control = await units.run('read-control', (session) => store.readControl(session, { scheduler }), {
        readOnly: true,
      })
      return control ?? initialControl(clock.now())
    },
  }
}

/** The job as the code defines it. Throws `JOB_NOT_FOUND`. */
export function jobNamed<S>(jobs: ReadonlyMap<string, Job<S>>, name: string): Job<S> {
  const job = jobs.get(name)
  if (!job) throw new SchedulerError('JOB_NOT_FOUND', { job: name })
  return job
}

/** When a pause ends. Whether that is in the future is checked when the pause begins. */
function endOfPause({ until }: PauseOptions): EpochMs | null {
  return until === undefined ? null : toEpochMs(until, 'until')
}

import type { CommandActor, SchedulerCommand } from '../../control/control.ts'
import { SchedulerError } from '../../errors.ts'
import type { LockedJobs } from '../../ports/locked-jobs.ts'
import { FORGOTTEN_JOBS } from '../../run/forgotten-jobs.ts'
import { noSuchJob } from '../../state/job-names.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import { type Commanded, commanded } from './commanded.ts'
import { type Answered, createOnce, type Terms } from './once.ts'

export interface ForgetRequest {
  readonly job: string
  readonly actor: CommandActor
  readonly terms: Terms
}

/** Erases what the store holds of a retired job, in one unit of work with the log entry. */
export interface Forgetter {
  forgetJob(request: ForgetRequest): Promise<Answered<Commanded>>
}

export function createForgetter<S extends object>(context: InstanceContext<S>): Forgetter {
  const { scheduler, configuration, names, store, units, clock, follow } = context
  const once = createOnce<S>(context)

  async function forget(session: S, { job, actor }: ForgetRequest, { control, jobs: [ledger] }: LockedJobs) {
    const now = clock.now()
    await follow(session, control)
    if (configuration.policiesOf(job) || configuration.definitions.own.has(job)) {
      throw new SchedulerError('JOB_IN_USE', { job })
    }
    if (!ledger || job === FORGOTTEN_JOBS || names.calledHere(job) !== job) throw noSuchJob(names, job)
    const [running] = ledger.running
    if (running) throw new SchedulerError('JOB_ALREADY_RUNNING', { job, runId: running.id })
    await store.forgetJob(session, { scheduler, job, now })
    const command: SchedulerCommand = { kind: 'forget-job', job, ...actor }
    return commanded(await store.applyCommand(session, { scheduler, command, now }), now)
  }

  return {
    forgetJob(request) {
      const { job, actor, terms } = request
      const asked = { kind: 'forget-job', job, why: actor.why }
      return units.run(
        'command:forget-job',
        (session) =>
          once(session, { jobs: [job], by: actor.by, asked, terms, about: { job } }, (locked) =>
            forget(session, request, locked),
          ),
        { mayBeRefused: true },
      )
    },
  }
}

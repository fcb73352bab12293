import type { CommandActor, SchedulerCommand } from '../../control/control.ts'
import { SchedulerError } from '../../errors.ts'
import type { RunId } from '../../ids.ts'
import type { CheckedInput } from '../../job/job-input.ts'
import type { ClaimedRun } from '../../ports/job-changes.ts'
import type { LockedJobs } from '../../ports/locked-jobs.ts'
import type { NewRun } from '../../run/ledger-entry.ts'
import { noSuchJob } from '../../state/job-names.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import { openRun, ownedRun } from '../run/owned-run.ts'
import { assertNotStopped, type Commanded, commanded } from './commanded.ts'
import { type Answered, createOnce, type Terms } from './once.ts'
import { type CancelRunRequest, createCanceller } from './run-canceller.ts'

/**
 * Carries out commands about single runs. Each is logged in the same unit of work, and takes effect once for its key.
 */
export interface RunCommander {
  /** Claims a run beside the job's schedule. */
  runJob(request: RunJobRequest): Promise<Answered<RunCommanded> & Claimed>
  /** Ends a queued run, and asks the owner of any other to abort it, unless that was asked before. */
  cancelRun(request: CancelRunRequest): Promise<Answered<Commanded>>
}

export interface RunJobRequest {
  readonly job: string
  readonly actor: CommandActor
  readonly id: RunId
  readonly input: CheckedInput
  readonly terms: Terms
}

export interface RunCommanded extends Commanded {
  readonly runId: RunId
}

export interface Claimed {
  readonly claims: readonly ClaimedRun[]
}

export function createRunCommander<S extends object>(context: InstanceContext<S>): RunCommander {
  const { scheduler, configuration, names, jobs, store, units, clock, follow } = context
  const once = createOnce<S>(context)

  /** A run of a job that only other instances act for is left open for one of them. */
  function manualRun({ job, id, input: { stored: input } }: RunJobRequest, now: number): NewRun {
    const run = { id, job, trigger: 'manual', scheduledFor: null, latenessMs: null, input } as const
    return jobs.has(job) ? ownedRun({ ...run, attempt: 1 }, context, now) : openRun(run, context, now)
  }

  async function claim(session: S, request: RunJobRequest, { control, jobs: [ledger] }: LockedJobs) {
    const { job, id, actor } = request
    const now = clock.now()
    await follow(session, control)
    const policies = configuration.policiesOf(job)
    if (!ledger || !policies) throw noSuchJob(names, job)
    assertNotStopped(scheduler, control, now)
    const [running] = ledger.running
    if (running && policies.overlapPolicy !== 'allow') {
      throw new SchedulerError('JOB_ALREADY_RUNNING', { job, runId: running.id })
    }
    const change = { job, cursor: null, unrun: [], claims: [manualRun(request, now)], cancel: [] }
    const recorded = await store.record(session, { scheduler, changes: [change] })
    const claims = recorded.filter(({ releasedAt = null }) => releasedAt === null)
    const command: SchedulerCommand = { kind: 'run-job', job, runId: id, ...actor }
    return { claims, commanded: commanded(await store.applyCommand(session, { scheduler, command, now }), now) }
  }

  return {
    async runJob(request) {
      const { job, id, actor, input, terms } = request
      // The stored form: no secret leaves this process, not even as a fingerprint.
      const asked = { kind: 'run-job', job, why: actor.why, ...(input.stored !== null && { input: input.stored }) }
      let claims: readonly ClaimedRun[] = []
      const answered = await units.run(
        'command:run-job',
        (session) =>
          once(session, { jobs: [job], by: actor.by, asked, terms, about: { job } }, async (locked) => {
            const claimed = await claim(session, request, locked)
            claims = claimed.claims
            return { runId: id, ...claimed.commanded }
          }),
        FROM_OUTSIDE,
      )
      // The handler in this very process gets the secrets too.
      return { ...answered, claims: claims.map((claim) => ({ ...claim, input: input.input })) }
    },

    cancelRun: createCanceller<S>(context),
  }
}

/** An operator wrote the text of the command, and the store may refuse it. */
const FROM_OUTSIDE = { mayBeRefused: true }

import type { RunId } from '../../ids.ts'
import { mayStart } from '../../plan/inactive.ts'
import type { ClaimedRun } from '../../ports/job-changes.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import { manualRun } from '../run/owned-run.ts'

/** Who asked for a first run, and why, in the control log. */
const ASKED = { by: 'host', why: 'the first opening (runOnFirstOpen)' }

/**
 * Claims a run of each new job with `runOnFirstOpen`, in the unit that registers it: so one instance does, once. A job
 * that is paused or stopped does not run. The runs are reserved before the commit, so that none is taken for forgotten.
 */
export function createFirstRuns<S extends object>(
  context: InstanceContext<S>,
): (session: S, added: readonly string[], reserve: (id: RunId) => void) => Promise<readonly ClaimedRun[]> {
  const { scheduler, configuration, store, clock } = context

  return async (session, added, reserve) => {
    const wanted = added.filter((job) => configuration.definitions.own.get(job)?.runOnFirstOpen)
    if (wanted.length === 0) return []
    const { control } = await store.lockJobs(session, { scheduler, jobs: wanted, forCommand: true })
    const now = clock.now()
    const runs = wanted.filter((job) => mayStart(control, job, now)).map((job) => manualRun(job, context, now))
    for (const { id } of runs) reserve(id)
    const changes = runs.map((run) => ({ job: run.job, cursor: null, unrun: [], claims: [run], cancel: [] }))
    const claims = await store.record(session, { scheduler, changes })
    const command = claims.map(({ job, id: runId }) => ({ kind: 'run-job', job, runId, ...ASKED }) as const)
    if (command.length > 0) await store.applyCommand(session, { scheduler, command, now })
    return claims
  }
}

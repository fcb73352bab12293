import type { CommandActor, SchedulerCommand } from '../../control/control.ts'
import { SchedulerError } from '../../errors.ts'
import type { RunId } from '../../ids.ts'
import type { LockedJobs } from '../../ports/locked-jobs.ts'
import type { LedgerEntry } from '../../run/ledger-entry.ts'
import { type CancelledRun, createCancelQueued } from '../run/cancel-queued.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import { type Commanded, commanded } from './commanded.ts'
import { type Answered, createOnce, type Terms } from './once.ts'

export interface CancelRunRequest {
  readonly runId: RunId
  readonly actor: CommandActor
  readonly terms: Terms
}

interface Cancelling extends CancelRunRequest {
  readonly entry: LedgerEntry | undefined
  /** Takes the run if no worker has it yet. */
  readonly ended: CancelledRun[]
}

/** Makes the function that ends a queued run, and asks the owner of any other to abort it. */
export function createCanceller<S extends object>(
  context: InstanceContext<S>,
): (request: CancelRunRequest) => Promise<Answered<Commanded>> {
  const { scheduler, store, units, clock, reports } = context
  const once = createOnce<S>(context)
  const cancelQueued = createCancelQueued<S>(context)

  async function cancel(
    session: S,
    { runId, actor, entry, ended }: Cancelling,
    { control, jobs: [ledger] }: LockedJobs,
  ): Promise<Commanded> {
    const now = clock.now()
    if (!entry) throw new SchedulerError('RUN_NOT_FOUND', { runId })
    const open = ledger?.running.find((run) => run.id === runId)
    if (!open) throw new SchedulerError('RUN_NOT_RUNNING', { runId })
    if (entry.kind === 'run' && entry.cancelRequested) return commanded(control, now, { changed: false })
    ended.push(...(await cancelQueued(session, [{ ...open, job: entry.job }], 'asked for')))
    if (ended.length === 0) {
      const change = { job: entry.job, cursor: null, unrun: [], claims: [], cancel: [runId] }
      await store.record(session, { scheduler, changes: [change] })
    }
    const command: SchedulerCommand = { kind: 'cancel-run', job: entry.job, runId, ...actor }
    return commanded(await store.applyCommand(session, { scheduler, command, now }), now)
  }

  return async (request) => {
    const { runId, actor, terms } = request
    const asked = { kind: 'cancel-run', runId, why: actor.why }
    let ended: CancelledRun[] = []
    const answered = await units.run(
      'command:cancel-run',
      async (session) => {
        ended = []
        const [entry] = (await store.listEntries(session, { scheduler, id: runId, limit: 1 })).items
        const about = entry ? { job: entry.job } : null
        const locking = { jobs: entry ? [entry.job] : [], by: actor.by, asked, terms, about }
        return once(session, locking, (locked) => cancel(session, { ...request, entry, ended }, locked))
      },
      FROM_OUTSIDE,
    )
    for (const { run, settlement, thrown } of ended) reports.settled(run, settlement, thrown)
    return answered
  }
}

/** An operator wrote the text of the command, and the store may refuse it. */
const FROM_OUTSIDE = { mayBeRefused: true }

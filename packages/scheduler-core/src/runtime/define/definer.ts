import type { RunId } from '../../ids.ts'
import { firstCursor } from '../../plan/first-cursor.ts'
import { haveOtherData } from '../../plan/fleet-life.ts'
import { planEntering, planLeaving } from '../../plan/plan-definitions.ts'
import type { ClaimedRun } from '../../ports/job-changes.ts'
import type { NewUnrunRange } from '../../run/ledger-entry.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import { withReserved } from '../run/with-reserved.ts'
import { createAccounting, jobIn } from './accounting.ts'
import { enteringInstance } from './entering-instance.ts'
import { createFirstRuns } from './first-runs.ts'

/** Says in the store which jobs this instance has, and settles which definition of each holds. */
export interface Definer {
  /**
   * Registers the jobs and this instance, or looks again because others have gone or its own jobs have changed. `dropped`
   * has the jobs that it had until now. Resolves with the first runs of new jobs, which are claimed and not under way.
   */
  enter(dropped?: readonly string[]): Promise<readonly ClaimedRun[]>
  /** Takes this instance's jobs out of the store. */
  leave(): Promise<void>
}

export function createDefiner<S extends object>(context: InstanceContext<S>): Definer {
  const { scheduler, instance, configuration, names, store, units, clock, reports } = context
  const { role, timeZoneData } = context.options
  const { definitions } = configuration
  const account = createAccounting<S>(context)
  const claimFirst = createFirstRuns<S>(context)

  async function plan(session: S, planOf: typeof planEntering, dropped: readonly string[]) {
    const now = clock.now()
    const { holds } = definitions
    const lives = await store.readInstances(session, { scheduler })
    const standings = await store.readStandings(session, { scheduler, instance, now, holds })
    return { ...planOf({ instance, now, holds, dropped, standings, lives }), lives }
  }

  async function enterIn(session: S, { dropped, reserve }: Entering): Promise<Entered> {
    const { own } = definitions
    const now = clock.now()
    const jobs = Array.from(own.values(), ({ name: job, schedule, formerly }) => {
      return { job, cursor: firstCursor(schedule, now), ...(formerly.length > 0 && { formerly }) }
    })
    const added = await store.register(session, { scheduler, now, jobs })
    names.adopt(await store.readRenamed(session, { scheduler }))
    names.assertApart()
    const { control } = await store.lockJobs(session, { scheduler, jobs: [], forCommand: true })
    const { begun, ended, leaves, lives } = await plan(session, planEntering, dropped)
    const { ready, unrun } = await account(session, begun, control)
    const next = await store.define(session, {
      scheduler,
      now: clock.now(),
      enters: enteringInstance(context),
      isNotable: role !== 'worker' && haveOtherData(lives, { instance, timeZoneData }),
      leaves,
      // A definition that is replaced ends when the new one begins.
      ended: [
        ...ended,
        ...ready.flatMap(({ holding: { job }, standing, since }) => (standing.present ? [{ job, at: since }] : [])),
      ],
      begun: ready.map(({ holding, since }) => ({
        ...holding,
        since,
        definition: definitions.definitionOf(jobIn(definitions, holding.job)),
      })),
    })
    const takeOver = await context.followWritten(session, next)
    return { takeOver, unrun, firstRuns: await claimFirst(session, added, reserve) }
  }

  async function leaveIn(session: S): Promise<void> {
    await store.lockJobs(session, { scheduler, jobs: [], forCommand: true })
    const { ended, leaves } = await plan(session, planLeaving, [])
    await store.define(session, { scheduler, now: clock.now(), enters: null, leaves, ended, begun: [] })
  }

  return {
    async enter(dropped = []) {
      const before = names.renamed
      const entering = withReserved(context, (reserve) =>
        units.run('register', (session) => enterIn(session, { dropped, reserve })),
      )
      const { takeOver, unrun, firstRuns } = await entering.catch((error: unknown) => {
        names.adopt(before)
        throw error
      })
      takeOver()
      reports.unrun(unrun)
      return firstRuns
    },
    leave: () => units.run('leave', leaveIn),
  }
}

interface Entering {
  readonly dropped: readonly string[]
  readonly reserve: (id: RunId) => void
}

/** What the unit has written, to be told and taken over once it is committed. */
interface Entered {
  readonly takeOver: () => void
  readonly unrun: readonly NewUnrunRange[]
  readonly firstRuns: readonly ClaimedRun[]
}

import { keepsFromOthers } from '../../plan/fleet-life.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import { enteringInstance } from './entering-instance.ts'

/**
 * Makes the function that says in the store that this instance knows no local time any more: it takes no due times while
 * its last runs end, and instances with older time zone data leave none to it. Where none has older data, nothing is said.
 */
export function createWithdrawal<S extends object>(context: InstanceContext<S>): () => Promise<void> {
  const { scheduler, instance, store, units, clock, options } = context
  const { timeZoneData } = options

  async function withdrawIn(session: S): Promise<void> {
    await store.lockJobs(session, { scheduler, jobs: [], forCommand: true })
    if (!keepsFromOthers(await store.readInstances(session, { scheduler }), { instance, timeZoneData })) return
    const enters = enteringInstance(context, null)
    const nothing = { leaves: [], ended: [], begun: [] }
    await store.define(session, { scheduler, now: clock.now(), enters, isNotable: true, ...nothing })
  }

  return () => units.run('leave', withdrawIn)
}

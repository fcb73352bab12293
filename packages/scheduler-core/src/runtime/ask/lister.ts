import { initialControl } from '../../control/control.ts'
import { toEpochMs } from '../../schedule/instant.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'

/** Pages of the runs and of the commands that the store keeps, and what operators ask for. */
export type Lister = Pick<Scheduler, 'listRuns' | 'listLog' | 'control'>

const PAGE = 50

export function createLister<S extends object>({ scheduler, store, units, clock }: SchedulerContext<S>): Lister {
  return {
    async listRuns({ from, to, ...given } = {}) {
      const query = {
        limit: PAGE,
        ...given,
        ...(from !== undefined && { from: toEpochMs(from, 'from') }),
        ...(to !== undefined && { to: toEpochMs(to, 'to') }),
        scheduler,
      }
      return units.run('list-entries', (session) => store.listEntries(session, query), { readOnly: true })
    },
    listLog: (query = {}) =>
      units.run('list-log', (session) => store.listLog(session, { limit: PAGE, ...query, scheduler }), {
        readOnly: true,
      }),
    async control() {
      const control = await units.run('read-control', (session) => store.readControl(session, { scheduler }), {
        readOnly: true,
      })
      return control ?? initialControl(clock.now())
    },
  }
}

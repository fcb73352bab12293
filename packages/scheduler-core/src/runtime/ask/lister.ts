import type { Scheduler } from '../../scheduler-api.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'

/** Pages of what the store keeps: the runs, and the commands. */
export type Lister = Pick<Scheduler, 'listEntries' | 'listLog'>

const PAGE = 50

export function createLister<S extends object>({ scheduler, store, units }: SchedulerContext<S>): Lister {
  return {
    listEntries: (query = {}) =>
      units.run('list-entries', (session) => store.listEntries(session, { limit: PAGE, ...query, scheduler }), {
        readOnly: true,
      }),
    listLog: (query = {}) =>
      units.run('list-log', (session) => store.listLog(session, { limit: PAGE, ...query, scheduler }), {
        readOnly: true,
      }),
  }
}

import { toEpochMs } from '../../schedule/instant.ts'
import type { Scheduler } from '../../scheduler-api.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'

/** Pages of the runs and of the commands that the store keeps. */
export type Lister = Pick<Scheduler, 'listRuns' | 'listLog'>

const PAGE = 50

export function createLister<S extends object>({ scheduler, store, units }: SchedulerContext<S>): Lister {
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
  }
}

import type { ControlState } from '../../control/control.ts'
import type { Job } from '../../job/job.ts'
import type { Beginning } from '../../plan/plan-definitions.ts'
import type { NewUnrunRange } from '../../run/ledger-entry.ts'
import type { InstanceContext } from '../run/instance-context.ts'
import { createOldAccounts } from './old-accounts.ts'

/** Settles the due times of the definitions that are replaced or had ended. */
export type Accounting<S> = (session: S, begun: readonly Beginning[], control: ControlState) => Promise<Accounted>

export interface Accounted {
  /** The beginnings that can go ahead: a job whose row another transaction holds keeps the definition that it has. */
  readonly ready: readonly Beginning[]
  /** The due times that will not run. */
  readonly unrun: readonly NewUnrunRange[]
}

/** How long to wait for jobs whose rows another transaction holds. Their definitions take effect a little later. */
const LOCK_WAIT_MS = 500

export function createAccounting<S extends object>(context: InstanceContext<S>): Accounting<S> {
  const { definitions } = context.configuration
  const settleOld = createOldAccounts<S>(context)

  return async (session, begun, control) => {
    const changes = begun.map(({ holding, since, standing }) => {
      return { job: jobIn(definitions, holding.job), since, standing }
    })
    const { locked, unrun } = await settleOld(session, { changes, control, waitMs: LOCK_WAIT_MS })
    const left = new Set(locked)
    return { ready: begun.filter(({ holding }) => !left.has(holding.job)), unrun }
  }
}

/** The job of this instance with that name. Throws a `TypeError` without one. */
export function jobIn<S>({ own }: { readonly own: ReadonlyMap<string, Job<S>> }, name: string): Job<S> {
  const job = own.get(name)
  if (!job) throw new TypeError(`This instance has no job ${name}.`)
  return job
}

import type { EpochMs } from '../../clock.ts'
import { partOf } from '../../control/config.ts'
import type { ControlState } from '../../control/control.ts'
import { readJobConfig } from '../../control/read-config.ts'
import { followDefinition, readDefinition } from '../../job/definitions.ts'
import { effectivePolicies } from '../../job/effective-policies.ts'
import type { Job } from '../../job/job.ts'
import type { JobStanding } from '../../ports/definitions.ts'
import type { JobChange } from '../../ports/job-changes.ts'
import type { JobLedger } from '../../ports/locked-jobs.ts'
import type { NewUnrunRange } from '../../run/ledger-entry.ts'
import { isRescheduled, reschedule } from '../due/reschedule.ts'
import type { InstanceContext } from '../run/instance-context.ts'

/** A definition that takes effect, or ends, and where its job stood before. */
export interface ChangedDefinition<S> {
  /** The job as it begins; as it was when it ends. */
  readonly job: Job<S>
  /** When it takes effect: due times up to then are the old definition's, and later ones the new one's. */
  readonly since: EpochMs
  readonly standing: Pick<JobStanding, 'present' | 'endedAt' | 'last'>
  /** Whether nothing takes the place of the definition: its due times that did not start are missed (default false). */
  readonly isEnd?: boolean
}

export interface OldAccounts<S> {
  readonly changes: readonly ChangedDefinition<S>[]
  readonly control: ControlState
  /** How long to wait for rows that another transaction holds. */
  readonly waitMs: number
}

/** Settles the due times of the definitions that are replaced, end or had ended. */
export type SettleOld<S> = (session: S, accounts: OldAccounts<S>) => Promise<SettledOld>

export interface SettledOld {
  /** The jobs whose rows another transaction holds: nothing of them is settled. */
  readonly locked: readonly string[]
  /** The due times that will not run. */
  readonly unrun: readonly NewUnrunRange[]
}

export function createOldAccounts<S extends object>(context: InstanceContext<S>): SettleOld<S> {
  const { scheduler, store } = context

  function isAccountedFor({ job, standing, isEnd = false }: ChangedDefinition<S>, control: ControlState): boolean {
    if (standing.endedAt !== null || isEnd) return true
    if (!standing.present) return false
    const old = oldOf(job, standing.present.definition)
    return isRescheduled(underSettings(old, control), underSettings(job, control))
  }

  function changeOf(
    { job: next, since, standing, isEnd = false }: ChangedDefinition<S>,
    ledger: JobLedger,
    control: ControlState,
  ): JobChange | null {
    const old = oldOf(next, standing.present ? standing.present.definition : standing.last)
    const ended = standing.endedAt === null ? {} : { heldUntil: standing.endedAt }
    const job = underSettings(old, control)
    return reschedule(context, { job, ledger, control, now: since, mayClaim: !isEnd, ...ended })
  }

  return async (session, { changes, control, waitMs }) => {
    const settling = changes.filter((each) => isAccountedFor(each, control))
    if (settling.length === 0) return NOTHING_OLD
    const names = settling.map(({ job }) => job.name)
    const found = await store.lockJobs(session, { scheduler, jobs: names, forCommand: true, waitMs })
    const ledgers = new Map(found.jobs.map((ledger) => [ledger.job, ledger]))
    const settled = settling.flatMap((each) => {
      const ledger = ledgers.get(each.job.name)
      return (ledger && changeOf(each, ledger, control)) ?? []
    })
    if (settled.length > 0) await store.record(session, { scheduler, changes: settled })
    const unrun = settled.flatMap((change) => change.unrun)
    return { locked: names.filter((name) => !ledgers.has(name)), unrun }
  }
}

const NOTHING_OLD: SettledOld = Object.freeze({ locked: [], unrun: [] })

/** The job as it was defined before; as it is when that cannot be told. Its calendars are those that are still here. */
function oldOf<S>(job: Job<S>, stored: unknown): Job<S> {
  const definition = readDefinition(stored)
  if (!definition) return job
  const known = definition.exclude.filter((name) => job.exclude.some((calendar) => calendar.name === name))
  return followDefinition(job, { ...definition, exclude: known }) ?? job
}

function underSettings<S>(job: Job<S>, { config }: ControlState): Job<S> {
  return effectivePolicies(job, readJobConfig(partOf(partOf(config, 'jobs'), job.name)).value)
}

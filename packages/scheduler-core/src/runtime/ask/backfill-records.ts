import type { BackfillQueue } from '../../api/backfills.ts'
import type { ActiveRuns } from '../run/active-runs.ts'

/** Counts what became of the due times that waited. */
export interface BackfillRecords {
  /** A new queue of the job begins: the counts of an earlier one are forgotten. */
  begin(job: string): void
  took(job: string, of: { readonly passed: number; readonly claimed: number }): void
  read(job: string): Omit<BackfillQueue, 'waiting'>
}

export function createBackfillRecords(active: Pick<ActiveRuns, 'executions'>): BackfillRecords {
  const counts = new Map<string, { readonly claimed: number; readonly passedOver: number }>()

  function running(job: string): number {
    let count = 0
    for (const { claim } of active.executions) if (claim.job === job && claim.trigger === 'backfill') count++
    return count
  }

  return {
    begin: (job) => void counts.delete(job),
    took(job, { passed, claimed }) {
      const before = counts.get(job) ?? NOTHING
      const passedOver = before.passedOver + passed - claimed
      counts.set(job, { claimed: before.claimed + claimed, passedOver })
    },
    read(job) {
      const { claimed, passedOver } = counts.get(job) ?? NOTHING
      const under = running(job)
      return { running: under, done: Math.max(0, claimed - under), passedOver }
    },
  }
}

const NOTHING = { claimed: 0, passedOver: 0 }

import type { Run } from '../../run/ledger-entry.ts'

/** How a line of the log names runs: one by its job and id, of many the first. */
export function toRunFields(runs: readonly Pick<Run, 'job' | 'id'>[]): object {
  const [first, ...others] = runs
  if (!first) return {}
  const named = { job: first.job, runId: first.id }
  return others.length === 0 ? named : { runs: runs.slice(0, MOST_RUNS).map(({ job, id }) => ({ job, runId: id })) }
}

const MOST_RUNS = 20

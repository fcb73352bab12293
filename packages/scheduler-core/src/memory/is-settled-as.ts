import { nodeUtil } from '../builtin.ts'

import type { Run, Settlement } from '../run/ledger-entry.ts'

/** Whether a run was settled with exactly this settlement. */
export function isSettledAs(run: Run, settlement: Settlement): boolean {
  const { isDeepStrictEqual } = nodeUtil()
  return (
    run.state === settlement.state &&
    run.fence === settlement.fence &&
    run.settledAt === settlement.settledAt &&
    run.attempt === settlement.attempt &&
    run.durationMs === settlement.durationMs &&
    isDeepStrictEqual(run.items, settlement.items) &&
    isDeepStrictEqual(run.calls, settlement.calls) &&
    isDeepStrictEqual(run.progress, settlement.progress) &&
    isDeepStrictEqual(run.error, settlement.error)
  )
}

import type { RunLease, RunRelease } from '@pm/scheduler-core/store'

import type { RELEASE_SHAPE } from '../sql/release-runs.ts'
import type { LEASE_SHAPE } from '../sql/renew-leases.ts'
import type { Cells } from '../sql/rowset.ts'
import { ATTEMPT_CELLS } from './attempt-cells.ts'
import { mergeCalls } from './judge-settlements.ts'
import { callsJson } from './stored-calls.ts'

/** A lease as its renewal stores it. */
export const LEASE_CELLS: Cells<typeof LEASE_SHAPE, RunLease> = {
  ...ATTEMPT_CELLS,
  run_id: ({ runId }) => runId,
  fence: ({ fence }) => fence,
  next_attempt_at: ({ nextAttemptAt }) => nextAttemptAt,
}

/** A run as its owner leaves it. */
export const RELEASE_CELLS: Cells<typeof RELEASE_SHAPE, RunRelease> = {
  ...LEASE_CELLS,
  calls: ({ calls }) => (calls.length === 0 ? null : callsJson(mergeCalls(calls))),
  spent_ms: ({ spentMs }) => spentMs,
}

import { describe } from 'vitest'

import type { CreateStoreHarness, StoreSuiteOptions } from '../harness/harness.ts'
import { createStage } from '../harness/scene.ts'
import { readingConsistently } from './consistency.ts'
import { controlling } from './control.ts'
import { stoppingToCount } from './counting-stops.ts'
import { defining } from './definitions.ts'
import { listingEntries } from './entries.ts'
import { forgetting } from './forget-job.ts'
import { handingOverAgain } from './hand-over-again.ts'
import { measuringLoads } from './instance-loads.ts'
import { lockingExpired } from './lock-expired.ts'
import { lockingJobs } from './lock-jobs.ts'
import { measuring } from './measures.ts'
import { pruning } from './prune.ts'
import { keepingQueuedRuns } from './queued-runs.ts'
import { keepingReceipts } from './receipts.ts'
import { recording } from './record.ts'
import { registering } from './register.ts'
import { releasing } from './release.ts'
import { renewing } from './renew.ts'
import { rollingBack } from './rollback.ts'
import { settling } from './settle.ts'
import { sharing } from './sharing.ts'
import { servingSnapshots } from './snapshots.ts'
import { takingOver } from './take-over.ts'
import { travellingInTime } from './time-travel.ts'

/**
 * The conformance suite of the `Store` port, for any type of session object. Call it at the top of a vitest file; it makes a
 * fresh harness for every test and closes it afterwards. A suite that needs what the store lacks is skipped and
 * prints the reason.
 */
export function describeStore<S extends object>(
  name: string,
  createHarness: CreateStoreHarness<S>,
  options: StoreSuiteOptions = {},
): void {
  const stage = createStage(createHarness, options)
  describe(`store: ${name}`, () => {
    registering(stage)
    defining(stage)
    lockingJobs(stage)
    recording(stage)
    rollingBack(stage)
    renewing(stage)
    settling(stage)
    lockingExpired(stage)
    releasing(stage)
    keepingQueuedRuns(stage)
    takingOver(stage)
    handingOverAgain(stage)
    forgetting(stage)
    controlling(stage)
    keepingReceipts(stage)
    measuring(stage)
    measuringLoads(stage)
    stoppingToCount(stage)
    travellingInTime(stage)
    readingConsistently(stage)
    servingSnapshots(stage)
    listingEntries(stage)
    pruning(stage)
    sharing(stage)
  })
}

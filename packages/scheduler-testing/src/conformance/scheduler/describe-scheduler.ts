import { describe } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { countsAbandonedHandlers } from './abandoned.ts'
import { outlivesAbsurdReports } from './absurd-reports.ts'
import { accountsForDueTimes } from './accounting.ts'
import { backfills } from './backfill.ts'
import { outlivesABrokenHost } from './broken-hosts.ts'
import { commandsMany } from './bulk.ts'
import { endsWhatIsCancelled } from './cancelled-runs.ts'
import { changesItsJobs } from './changing-jobs.ts'
import { behavesWhenClocksJump } from './clocks.ts'
import { behavesAsConfigured } from './configuration.ts'
import { behavesUnderControl } from './control.ts'
import { followsDeployments } from './definitions.ts'
import { keepsItsDueTimes } from './due-times.ts'
import { tellsEveryEnding } from './endings.ts'
import { endsWithoutLoss } from './ends.ts'
import { outlivesEngines } from './engine-outages.ts'
import { runsAtFirst } from './first-runs.ts'
import { forgetsJobs } from './forgotten-jobs.ts'
import { tellsItsHistory } from './history.ts'
import { settlesWhateverIsHandedOver } from './hostile-handlers.ts'
import { outlivesAbsurdHosts } from './hostile-hosts.ts'
import { commandsOnce } from './idempotency.ts'
import { namesEachSnapshotOnce } from './identities.ts'
import { takesInputs } from './inputs.ts'
import { listsItsInstances } from './instances.ts'
import { takesInstants } from './instants.ts'
import { startsOnlyWhatIsItsOwn } from './leases.ts'
import { behavesThroughItsLife } from './lifecycle.ts'
import { logsWhoAndWhy } from './log.ts'
import { tellsItsNumbersPlainly } from './numbers.ts'
import { observes } from './observers.ts'
import { runsOnce } from './once.ts'
import { measuresWhatIsOverdue } from './overdue.ts'
import { measuresWhatIsOverdueInAnyLife } from './overdue-property.ts'
import { behavesWhenRunsMeet } from './overlap.ts'
import { namesProviders } from './provider-names.ts'
import { losesNoRun } from './queue-property.ts'
import { commandsQueuedRuns } from './queued-control.ts'
import { handsRunsOver } from './queued-runs.ts'
import { keepsToItsBudget } from './read-budget.ts'
import { keepsReasons } from './reasons.ts'
import { renamesJobs } from './renamed-jobs.ts'
import { countsOn } from './restarts.ts'
import { behavesWhenRunning } from './runs.ts'
import { behavesWhenTheStoreFails } from './store-faults.ts'
import { runsTemplates } from './templates.ts'
import { zoneDataDiffers } from './time-zone-data.ts'
import { neverAlternates } from './versions.ts'
import { outlivesWorkers } from './worker-deaths.ts'
import { knowsItsJobs } from './worker-jobs.ts'
import { returnsToTheTime } from './wrong-clocks.ts'

export interface SchedulerSuiteOptions {
  /** One share of the stories, for several test files that run beside each other: `{ number: 1, of: 4 }` (default: all). */
  readonly share?: { readonly number: number; readonly of: number }
}

/** The scheduler's promises, told on a store and its sessions: whatever holds on one store holds on all. */
export function describeScheduler<S extends object>(
  name: string,
  createHarness: CreateStoreHarness<S>,
  { share = { number: 1, of: 1 } }: SchedulerSuiteOptions = {},
): void {
  const groups = Object.entries(groupsOn(createHarness))
  describe(`scheduler on ${name}`, () => {
    for (const [index, [group, tell]] of groups.entries())
      if (index % share.of === share.number - 1) describe(group, tell)
  })
}

function groupsOn<S extends object>(createHarness: CreateStoreHarness<S>): Readonly<Record<string, () => void>> {
  return {
    runs: () => behavesWhenRunning(createHarness),
    inputs: () => takesInputs(createHarness),
    'many jobs at once': () => commandsMany(createHarness),
    'first runs': () => runsAtFirst(createHarness),
    reasons: () => keepsReasons(createHarness),
    endings: () => tellsEveryEnding(createHarness),
    log: () => logsWhoAndWhy(createHarness),
    'abandoned handlers': () => countsAbandonedHandlers(createHarness),
    instances: () => listsItsInstances(createHarness),
    overlap: () => behavesWhenRunsMeet(createHarness),
    'due times': () => keepsItsDueTimes(createHarness),
    once: () => runsOnce(createHarness),
    accounting: () => accountsForDueTimes(createHarness),
    'budget of questions': () => keepsToItsBudget(createHarness),
    history: () => tellsItsHistory(createHarness),
    backfill: () => backfills(createHarness),
    control: () => behavesUnderControl(createHarness),
    'idempotency keys': () => commandsOnce(createHarness),
    configuration: () => behavesAsConfigured(createHarness),
    ends: () => endsWithoutLoss(createHarness),
    'cancelled runs': () => endsWhatIsCancelled(createHarness),
    life: () => behavesThroughItsLife(createHarness),
    observers: () => observes(createHarness),
    'changing jobs': () => changesItsJobs(createHarness),
    templates: () => runsTemplates(createHarness),
    'forgotten jobs': () => forgetsJobs(createHarness),
    'renamed jobs': () => renamesJobs(createHarness),
    restarts: () => countsOn(createHarness),
    deployments: () => followsDeployments(createHarness),
    versions: () => neverAlternates(createHarness),
    'time zone data': () => zoneDataDiffers(createHarness),
    leases: () => startsOnlyWhatIsItsOwn(createHarness),
    'wrong clocks': () => returnsToTheTime(createHarness),
    clocks: () => behavesWhenClocksJump(createHarness),
    'broken hosts': () => outlivesABrokenHost(createHarness),
    'absurd reports': () => outlivesAbsurdReports(createHarness),
    'provider names': () => namesProviders(createHarness),
    'hostile handlers': () => settlesWhateverIsHandedOver(createHarness),
    'hostile hosts': () => outlivesAbsurdHosts(createHarness),
    'queued runs': () => handsRunsOver(createHarness),
    'commands to queued runs': () => commandsQueuedRuns(createHarness),
    'deaths of workers': () => outlivesWorkers(createHarness),
    'jobs of workers': () => knowsItsJobs(createHarness),
    'queues in any life': () => losesNoRun(createHarness),
    'outages of engines': () => outlivesEngines(createHarness),
    numbers: () => tellsItsNumbersPlainly(createHarness),
    overdue: () => measuresWhatIsOverdue(createHarness),
    'overdue in any life': () => measuresWhatIsOverdueInAnyLife(createHarness),
    identities: () => namesEachSnapshotOnce(createHarness),
    instants: () => takesInstants(createHarness),
    'store faults': () => behavesWhenTheStoreFails(createHarness),
  }
}

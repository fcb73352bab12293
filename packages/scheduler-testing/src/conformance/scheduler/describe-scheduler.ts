import { describe } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { outlivesAbsurdReports } from './absurd-reports.ts'
import { accountsForDueTimes } from './accounting.ts'
import { backfills } from './backfill.ts'
import { outlivesABrokenHost } from './broken-hosts.ts'
import { behavesWhenClocksJump } from './clocks.ts'
import { behavesAsConfigured } from './configuration.ts'
import { behavesUnderControl } from './control.ts'
import { keepsItsDueTimes } from './due-times.ts'
import { tellsItsHistory } from './history.ts'
import { commandsOnce } from './idempotency.ts'
import { startsOnlyWhatIsItsOwn } from './leases.ts'
import { behavesThroughItsLife } from './lifecycle.ts'
import { behavesWhenRunsMeet } from './overlap.ts'
import { countsOn } from './restarts.ts'
import { behavesWhenRunning } from './runs.ts'
import { behavesWhenTheStoreFails } from './store-faults.ts'

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
    overlap: () => behavesWhenRunsMeet(createHarness),
    'due times': () => keepsItsDueTimes(createHarness),
    accounting: () => accountsForDueTimes(createHarness),
    history: () => tellsItsHistory(createHarness),
    backfill: () => backfills(createHarness),
    control: () => behavesUnderControl(createHarness),
    'idempotency keys': () => commandsOnce(createHarness),
    configuration: () => behavesAsConfigured(createHarness),
    life: () => behavesThroughItsLife(createHarness),
    restarts: () => countsOn(createHarness),
    leases: () => startsOnlyWhatIsItsOwn(createHarness),
    clocks: () => behavesWhenClocksJump(createHarness),
    'broken hosts': () => outlivesABrokenHost(createHarness),
    'absurd reports': () => outlivesAbsurdReports(createHarness),
    'store faults': () => behavesWhenTheStoreFails(createHarness),
  }
}

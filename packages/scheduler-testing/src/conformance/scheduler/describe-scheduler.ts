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
import { takesInstants } from './instants.ts'
import { startsOnlyWhatIsItsOwn } from './leases.ts'
import { behavesThroughItsLife } from './lifecycle.ts'
import { behavesWhenRunsMeet } from './overlap.ts'
import { countsOn } from './restarts.ts'
import { behavesWhenRunning } from './runs.ts'
import { behavesWhenTheStoreFails } from './store-faults.ts'

/** The scheduler's promises, told on a store and its sessions: whatever holds on one store holds on all. */
export function describeScheduler<S extends object>(name: string, createHarness: CreateStoreHarness<S>): void {
  describe(`scheduler on ${name}`, () => {
    describe('runs', () => behavesWhenRunning(createHarness))
    describe('overlap', () => behavesWhenRunsMeet(createHarness))
    describe('due times', () => keepsItsDueTimes(createHarness))
    describe('accounting', () => accountsForDueTimes(createHarness))
    describe('history', () => tellsItsHistory(createHarness))
    describe('backfill', () => backfills(createHarness))
    describe('control', () => behavesUnderControl(createHarness))
    describe('idempotency keys', () => commandsOnce(createHarness))
    describe('configuration', () => behavesAsConfigured(createHarness))
    describe('life', () => behavesThroughItsLife(createHarness))
    describe('restarts', () => countsOn(createHarness))
    describe('leases', () => startsOnlyWhatIsItsOwn(createHarness))
    describe('clocks', () => behavesWhenClocksJump(createHarness))
    describe('broken hosts', () => outlivesABrokenHost(createHarness))
    describe('absurd reports', () => outlivesAbsurdReports(createHarness))
    describe('instants', () => takesInstants(createHarness))
    describe('store faults', () => behavesWhenTheStoreFails(createHarness))
  })
}

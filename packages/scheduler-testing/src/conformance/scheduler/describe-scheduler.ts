import { describe } from 'vitest'

import type { CreateStoreHarness } from '../harness.ts'
import { behavesWhenClocksJump } from './clocks.ts'
import { behavesUnderControl } from './control.ts'
import { behavesThroughItsLife } from './lifecycle.ts'
import { behavesWhenRunning } from './runs.ts'
import { behavesWhenTheStoreFails } from './store-faults.ts'

/** The scheduler's promises, told on a store and its sessions: whatever holds on one store holds on all. */
export function describeScheduler<S extends object>(name: string, createHarness: CreateStoreHarness<S>): void {
  describe(`scheduler on ${name}`, () => {
    describe('runs', () => behavesWhenRunning(createHarness))
    describe('control', () => behavesUnderControl(createHarness))
    describe('life', () => behavesThroughItsLife(createHarness))
    describe('clocks', () => behavesWhenClocksJump(createHarness))
    describe('store faults', () => behavesWhenTheStoreFails(createHarness))
  })
}

import { describe } from 'vitest'

import { answering } from './answering.ts'
import { delivering } from './delivering.ts'
import { createEngineStage } from './engine-stage.ts'
import type { CreateEngineHarness } from './harness.ts'
import { inUnits } from './in-units.ts'
import { makingRoom } from './making-room.ts'
import { opening } from './opening.ts'
import { ordering } from './ordering.ts'
import { outages } from './outages.ts'

/**
 * The conformance suite of the `Engine` port, for any type of session object: what core relies on in an engine. Call it at the
 * top of a vitest file; it makes a fresh harness for every test and closes it afterwards. A story that needs what the engine
 * or the harness lacks is skipped and prints the reason.
 */
export function describeEngine<S>(name: string, createHarness: CreateEngineHarness<S>): void {
  const stage = createEngineStage(createHarness)
  describe(`engine: ${name}`, () => {
    delivering(stage)
    ordering(stage)
    makingRoom(stage)
    answering(stage)
    inUnits(stage)
    outages(stage)
    opening(stage)
  })
}

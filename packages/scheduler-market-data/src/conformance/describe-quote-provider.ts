import { describe } from 'vitest'
import { describeBrokenBodies } from './broken-bodies.ts'
import { describeHostileAnswers } from './hostile-answers.ts'
import { describeAnswers } from './provider-answers.ts'
import type { CreateProviderHarness } from './provider-harness.ts'
import { describeNetwork } from './provider-network.ts'

/**
 * The conformance suite of a provider of quotes: what the poll relies on, against answers of every kind. The suite plays
 * the server; nothing is sent. A story that the provider cannot have, such as that of a list where it asks for one
 * symbol at a time, is skipped.
 */
export function describeQuoteProvider(name: string, createHarness: CreateProviderHarness): void {
  describe(`quote provider: ${name}`, () => {
    describeAnswers(createHarness)
    describeHostileAnswers(createHarness)
    describeBrokenBodies(createHarness)
    describeNetwork(createHarness)
  })
}

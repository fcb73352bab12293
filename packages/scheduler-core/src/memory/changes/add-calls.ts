import type { EpochMs } from '../../clock.ts'
import { CALL_FACTS, type CallTally } from '../../run/counters.ts'
import type { ProviderData } from '../state/scheduler-data.ts'
import { type Addition, toAddition } from '../state/sums.ts'
import type { Change } from '../state/undo-log.ts'

/** Adds the calls of a run to the tallies of a provider. */
export class AddCalls implements Change {
  readonly #provider: ProviderData
  readonly #at: EpochMs
  readonly #addition: Addition
  #uncount: (() => void) | null = null
  readonly #successBefore: EpochMs | null
  readonly #successAfter: EpochMs | null

  constructor(provider: ProviderData, tally: CallTally, at: EpochMs) {
    this.#provider = provider
    this.#at = at
    this.#addition = toAddition(CALL_FACTS, tally)
    this.#successBefore = provider.lastSuccessAt
    const latest = Math.max(this.#successBefore ?? at, at)
    this.#successAfter = tally.succeeded > 0 ? latest : this.#successBefore
  }

  redo(): void {
    this.#uncount = this.#provider.tallies.add(this.#at, this.#addition)
    this.#provider.lastSuccessAt = this.#successAfter
  }

  undo(): void {
    this.#provider.lastSuccessAt = this.#successBefore
    this.#uncount?.()
  }
}

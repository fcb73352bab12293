import type { EpochMs } from '../../clock.ts'
import { CALL_COUNTERS, type CallTally } from '../../run/counters.ts'
import type { ProviderBook } from '../books.ts'
import { type Amounts, toAmounts } from '../counts.ts'
import type { Change } from '../timeline.ts'

/** A provider gets the numbers of a run that asked it. */
export class AddCalls implements Change {
  readonly #provider: ProviderBook
  readonly #at: EpochMs
  readonly #amounts: Amounts
  readonly #successBefore: EpochMs | null
  readonly #successAfter: EpochMs | null

  constructor(provider: ProviderBook, tally: CallTally, at: EpochMs) {
    this.#provider = provider
    this.#at = at
    this.#amounts = toAmounts(CALL_COUNTERS, tally)
    this.#successBefore = provider.lastSuccessAt
    const latest = Math.max(this.#successBefore ?? at, at)
    this.#successAfter = tally.succeeded > 0 ? latest : this.#successBefore
  }

  redo(): void {
    this.#provider.tallies.add(this.#at, this.#amounts)
    this.#provider.lastSuccessAt = this.#successAfter
  }

  undo(): void {
    this.#provider.lastSuccessAt = this.#successBefore
    this.#provider.tallies.add(this.#at, this.#amounts, -1)
  }
}

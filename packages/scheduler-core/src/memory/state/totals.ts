import type { EpochMs } from '../../clock.ts'
import { RUN_FACTS, type RunCounter, type RunMeasure } from '../../run/counters.ts'
import type { Addition } from './sums.ts'
import { Tallies } from './tallies.ts'
import type { TallyView } from './tally-view.ts'

export type RunTallies = Tallies<RunCounter, RunMeasure>

/** What all jobs of a scheduler have counted together. It is counted along, so that no reader adds up thousands of jobs. */
export class Totals {
  /** `null` when it has to be added up anew, since a job has left with what it counted. */
  #tallies: RunTallies | null = new Tallies(RUN_FACTS)

  /** As `Tallies.add`. */
  add(at: EpochMs, addition: Addition): () => void {
    const tallies = this.#tallies
    return this.#undoing(tallies, tallies?.add(at, addition))
  }

  /** As `Tallies.dropBefore`. */
  dropBefore(instant: EpochMs): () => void {
    const tallies = this.#tallies
    return this.#undoing(tallies, tallies?.dropBefore(instant))
  }

  /** The own tallies, if there are any. */
  get own(): readonly RunTallies[] {
    return this.#tallies ? [this.#tallies] : []
  }

  forget(): void {
    this.#tallies = null
  }

  /** The totals as they are now: the sum of these jobs, which are all that there are. */
  view(jobs: Iterable<{ readonly tallies: Pick<RunTallies, 'view'> }>): TallyView<RunCounter, RunMeasure> {
    this.#tallies ??= sumOf(jobs)
    return this.#tallies.view()
  }

  /** Tallies that were added up anew in the meantime have what is undone, but cannot undo it. */
  #undoing(tallies: RunTallies | null, undo?: () => void): () => void {
    return () => {
      if (undo !== undefined && tallies === this.#tallies) undo()
      else this.forget()
    }
  }
}

function sumOf(jobs: Iterable<{ readonly tallies: Pick<RunTallies, 'view'> }>): RunTallies {
  const sum: RunTallies = new Tallies(RUN_FACTS)
  for (const { tallies } of jobs) sum.addAll(tallies.view())
  return sum
}

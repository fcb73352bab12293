import type { EpochMs } from '../../clock.ts'
import type { Settlement } from '../../run/ledger-entry.ts'
import { BUCKET_WIDTHS, bucketStart } from '../../run/windows.ts'
import { RunAddition } from '../state/addition-of.ts'
import type { Counted, JobData } from '../state/job-data.ts'
import type { Endings } from '../state/latest-outcomes.ts'
import type { Ledger } from '../state/ledger.ts'
import type { RunRow } from '../state/run-row.ts'
import type { SchedulerData } from '../state/scheduler-data.ts'
import { type Maxima, Sums } from '../state/sums.ts'
import type { Totals } from '../state/totals.ts'
import type { Change } from '../state/undo-log.ts'

/**
 * Settles runs and adds them to the tallies of their jobs: those of one call in one change, which grows while the call
 * goes on. What each needs to be undone is in columns, at the place of its settlement.
 */
export class SettleRuns implements Change {
  readonly #ledger: Ledger
  readonly #settlements: readonly Settlement[]
  /** The runs that were settled, with gaps where a settlement was refused. */
  readonly #rows: RunRow[]
  readonly #jobs: JobData[]
  /** When the job's last run and its last success were settled. */
  readonly #lastBefore: Float64Array
  readonly #endingsBefore: Endings[]
  readonly #counted: Counted[]
  readonly #addition = new RunAddition()
  readonly #totals: Totals
  /** What the runs of each minute add to the totals together. */
  readonly #added = new Map<EpochMs, Sums>()
  /** The minute of the run that was settled last. */
  #minute: EpochMs = Infinity
  #minuteSums = new Sums()
  #undoTotals: readonly (() => void)[] = []
  /** The run of the same job that was claimed before, where there is one. */
  readonly #rowsBefore = new Map<number, RunRow>()

  /** `settlements`: those of the call, of which some may be refused. */
  constructor({ ledger, totals }: Pick<SchedulerData, 'ledger' | 'totals'>, settlements: readonly Settlement[]) {
    const { length } = settlements
    this.#ledger = ledger
    this.#totals = totals
    this.#settlements = settlements
    this.#rows = new Array(length)
    this.#jobs = new Array(length)
    this.#lastBefore = new Float64Array(2 * length)
    this.#endingsBefore = new Array(length)
    this.#counted = new Array(length)
  }

  /** Settles a run at once, with the settlement at this place. */
  add(place: number, row: RunRow, job: JobData): void {
    this.#rows[place] = row
    this.#jobs[place] = job
    this.#settle(place)
    this.#sum(row.settledAt ?? 0)
  }

  /** Ends the call: adds what it settled to the totals. */
  end(): void {
    const added = [...this.#added]
    this.#undoTotals = added.map(([start, sums]) => this.#totals.add(start + BUCKET_WIDTHS.minute, sums))
  }

  redo(): void {
    for (let place = 0; place < this.#settlements.length; place++) this.#settle(place)
    this.end()
  }

  undo(): void {
    for (const undo of this.#undoTotals.toReversed()) undo()
    for (let place = this.#settlements.length - 1; place >= 0; place--) this.#unsettle(place)
  }

  #settle(place: number): void {
    const row = this.#rows[place]
    const job = this.#jobs[place]
    const settlement = this.#settlements[place]
    if (!row || !job || !settlement) return
    const { facts } = row
    const before = job.take(row)
    if (before !== null) this.#rowsBefore.set(place, before)
    this.#lastBefore[2 * place] = job.lastRunAt
    this.#lastBefore[2 * place + 1] = job.lastSuccessAt
    this.#endingsBefore[place] = job.endings
    job.end(facts, settlement)
    this.#counted[place] = job.countRun(settlement.settledAt, this.#addition.of(facts, settlement))
    row.settlement = settlement
    this.#ledger.index(row, settlement.settledAt)
  }

  /** Adds the run that was settled last to what the totals get. */
  #sum(settledAt: EpochMs): void {
    if (settledAt <= this.#minute || settledAt > this.#minute + BUCKET_WIDTHS.minute) this.#turnTo(settledAt)
    const sums = this.#minuteSums
    if (sums.reserve(this.#addition.amount)) this.#addition.addTo(sums)
    else sums.add(this.#addition.copy())
  }

  #turnTo(settledAt: EpochMs): void {
    this.#minute = bucketStart('minute', settledAt)
    this.#minuteSums = this.#added.get(this.#minute) ?? new Sums()
    this.#added.set(this.#minute, this.#minuteSums)
  }

  #unsettle(place: number): void {
    const row = this.#rows[place]
    const job = this.#jobs[place]
    const settlement = this.#settlements[place]
    const endings = this.#endingsBefore[place]
    const counted = this.#counted[place]
    if (!row || !job || !settlement || !endings || !counted) return
    this.#ledger.unindex()
    if (typeof counted === 'function') counted()
    else this.#uncount(job, row, counted)
    row.settlement = null
    job.endings = endings
    job.lastRunAt = this.#lastBefore[2 * place] ?? -Infinity
    job.lastSuccessAt = this.#lastBefore[2 * place + 1] ?? -Infinity
    job.putBack(row, this.#rowsBefore.get(place) ?? null)
  }

  #uncount(job: JobData, { facts, settlement }: RunRow, maximaBefore: Maxima): void {
    const open = settlement && job.openAt(settlement.settledAt)
    if (open) this.#addition.of(facts, settlement).takeFrom(open, maximaBefore)
  }
}

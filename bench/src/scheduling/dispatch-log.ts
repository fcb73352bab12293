/** What became of the due times of a window. */
export interface DispatchCounts {
  readonly due: number
  readonly missed: number
  readonly early: number
  readonly double: number
  /** Lateness of the runs, in whole milliseconds. */
  readonly p50: number
  readonly p99: number
  readonly max: number
}

/** Due times in `[from, upTo)`, one per job and second. */
export interface DispatchWindow {
  readonly from: number
  readonly upTo: number
}

const MAX_LATENESS_MS = 60_000

/** Notes every run of a window, at the same small cost for every contender. */
export class DispatchLog {
  /** Each job's latest due time. */
  readonly #latest: Float64Array
  readonly #lateness = new Uint32Array(MAX_LATENESS_MS + 1)
  #window: DispatchWindow = { from: Infinity, upTo: Infinity }
  #started = 0
  #early = 0
  #double = 0

  constructor(jobs: number) {
    this.#latest = new Float64Array(jobs)
  }

  measure(window: DispatchWindow): void {
    this.#window = window
  }

  note(job: number, dueAt: number): void {
    if (dueAt < this.#window.from || dueAt >= this.#window.upTo) return
    const lateness = Date.now() - dueAt
    if ((this.#latest[job] ?? 0) >= dueAt) {
      this.#double++
      return
    }
    this.#latest[job] = dueAt
    this.#started++
    if (lateness < 0) this.#early++
    const index = Math.min(Math.max(lateness, 0), MAX_LATENESS_MS)
    this.#lateness[index] = (this.#lateness[index] ?? 0) + 1
  }

  get counts(): DispatchCounts {
    const due = (this.#latest.length * (this.#window.upTo - this.#window.from)) / 1_000
    return {
      due,
      missed: due - this.#started,
      early: this.#early,
      double: this.#double,
      p50: this.#quantile(0.5),
      p99: this.#quantile(0.99),
      max: this.#quantile(1),
    }
  }

  /** Nearest rank. */
  #quantile(share: number): number {
    const rank = Math.ceil(share * this.#started)
    let seen = 0
    for (const [lateness, runs] of this.#lateness.entries()) {
      seen += runs
      if (runs > 0 && seen >= rank) return lateness
    }
    return Number.NaN
  }
}

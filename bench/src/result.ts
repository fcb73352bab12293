/** What a bench found, as it is kept in `bench/results/NAME.json`. It names no machine and no path. */
export interface BenchResult {
  readonly bench: string
  /** When it began. */
  readonly date: string
  /** Whether it was the short run, whose figures are rough. */
  readonly isQuick: boolean
  readonly seconds: number
  readonly options: Readonly<Record<string, OptionValue>>
  readonly machine: MachineFacts
  /** Of Node, of PostgreSQL where it is used, and of every peer, as installed. */
  readonly versions: Readonly<Record<string, string>>
  readonly builds: readonly BuildFacts[]
  readonly tables: readonly Table[]
}

export type OptionValue = number | readonly number[] | readonly string[]

/** What of a machine says something elsewhere. */
export interface MachineFacts {
  readonly cores: number
  readonly memoryGb: number
  readonly platform: string
  /** The load average of a minute, before and after. */
  readonly load: readonly [before: number, after: number]
}

export interface BuildFacts {
  readonly name: string
  /** Abbreviated, with a `+` when files differ from it; `null` outside of git. */
  readonly commit: string | null
}

export interface Table {
  /** By which targets and plots find it. */
  readonly name: string
  readonly title: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
}

export interface Column {
  readonly key: string
  readonly title: string
  /** `ms`, `B/job`, `x` for a ratio; none for texts and counts. */
  readonly unit?: string
}

/** A cell by the key of its column. A column without a cell stays empty. */
export type Row = Readonly<Record<string, Cell>>

/** `null` is a figure that could not be measured. */
export type Cell = string | number | Spread | null

/** The median of ratios or times, with the tenth and the ninetieth of a hundred. */
export interface Spread {
  readonly median: number | null
  readonly p10: number | null
  readonly p90: number | null
}

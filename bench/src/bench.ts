import type { OptionValue, Table } from './result.ts'

/** What the registry says of a bench, without loading what it measures. */
export interface Bench<O extends BenchOptions = BenchOptions> {
  readonly name: string
  /** One line: what it measures. */
  readonly measures: string
  /** About how long it takes at the defaults. */
  readonly minutes: number
  readonly options: O
  /** The packages that it measures beside ours; their versions go into the result. */
  readonly peers: readonly string[]
  /** Whether it can measure the build of another checkout in the same rounds. */
  readonly takesBeside: boolean
  readonly targets: readonly Target[]
  readonly plots: readonly Plot[]
}

export type BenchOptions = Readonly<Record<string, BenchOption>>

/**
 * An option of one bench, given as `--name value`; a list with commas. Texts of a list are names, and the default has all
 * of them.
 */
export interface BenchOption {
  readonly is: string
  readonly default: OptionValue
  /** In the short run. */
  readonly quick: OptionValue
}

export type ValuesOf<O extends BenchOptions> = { readonly [K in keyof O]: Widened<O[K]['default']> }

type Widened<V> = V extends number ? number : V extends readonly number[] ? readonly number[] : readonly string[]

export interface BenchInput<O extends BenchOptions> {
  readonly options: ValuesOf<O>
  readonly isQuick: boolean
  /** The other checkout, where there is one to measure. */
  readonly beside: string | undefined
  /** Says what is being done, on the error output. */
  readonly tell: (progress: string) => void
}

export interface Findings {
  readonly tables: readonly Table[]
  /** Of what only the bench itself can ask: PostgreSQL. */
  readonly versions?: Readonly<Record<string, string>>
}

export type RunBench<O extends BenchOptions> = (input: BenchInput<O>) => Promise<Findings>

/** A bar: a bound for every row of a table that it matches. */
export interface Target {
  readonly says: string
  readonly table: string
  readonly column: string
  /** The cells of the rows that it is about, by their columns; all rows without any. */
  readonly rows: Readonly<Record<string, string | number | readonly (string | number)[]>>
  readonly bound: { readonly atMost: number } | { readonly atLeast: number }
}

/** A curve of growth for each value of `series`, out of one table. */
export interface Plot {
  /** The name of its file, without an ending. */
  readonly name: string
  readonly title: string
  readonly table: string
  readonly x: Axis
  readonly y: Axis
  /** The column by which rows belong to a curve. */
  readonly series: string
}

export interface Axis {
  readonly column: string
  /** With its unit. */
  readonly label: string
  readonly scale: 'linear' | 'log'
}

export function defineBench<const O extends BenchOptions>(bench: Bench<O>): Bench<O> {
  return bench
}

import type { Build } from './build.ts'
import type { Lab } from './lab.ts'

/** What a case is told. */
export interface CaseOptions {
  readonly builds: readonly Build[]
  /** The sizes of batches. */
  readonly sizes: readonly number[]
  readonly rounds: number
  /** How long each contender works in each round. */
  readonly ms: number
  /** Makes everything smaller, to see whether it works. */
  readonly quick: boolean
}

export interface Table {
  readonly title: string
  readonly rows: readonly Readonly<Record<string, string>>[]
}

export type Case = (lab: Lab, options: CaseOptions) => Promise<readonly Table[]>

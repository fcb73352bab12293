import type { BenchInput } from '../bench.ts'
import type { Build } from '../lab/build.ts'
import type { Postgres } from '../lab/postgres.ts'
import type { Table } from '../result.ts'
import type { durableBench } from './bench.ts'

/** What a case is told. */
export interface CaseOptions extends BenchInput<typeof durableBench.options> {
  readonly builds: readonly Build[]
}

export type Case = (postgres: Postgres, input: CaseOptions) => Promise<readonly Table[]>

import type { BenchInput } from '../bench.ts'
import type { Postgres } from '../lab/postgres.ts'
import type { Table } from '../result.ts'
import type { queueBench } from './bench.ts'

export type CaseInput = BenchInput<typeof queueBench.options>

/** Measures one thing on a server of its own. */
export type Case = (postgres: Postgres, input: CaseInput) => Promise<Table>

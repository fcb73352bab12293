import type { Build } from '../lab/build.ts'
import type { Postgres } from '../lab/postgres.ts'
import type { Table } from '../result.ts'
import { openBare } from './bare.ts'
import type { Case, CaseOptions } from './case.ts'
import { COMMON_COLUMNS, contest, rowOf, type Worker } from './contest.ts'
import { openLedger } from './ledger.ts'
import { workFor } from './workers.ts'

/** Claims and outcomes through the store, beside the floor. */
export const floorCase: Case = async (postgres, input) => {
  const tables: Table[] = []
  for (const size of input.options.sizes) tables.push(await compare(postgres, input, size))
  return tables
}

async function compare(postgres: Postgres, { builds, options, tell }: CaseOptions, size: number): Promise<Table> {
  const bare = await openBare(postgres)
  const ledgers = await Promise.all(builds.map((build) => ledgerWorkers(postgres, build, size)))
  const results = await contest(bare(size), ledgers.flat(), { ...options, tell: (text) => tell(`${size}, ${text}`) })
  const [floor] = results
  const title = size === 1 ? 'Claimed and settled, one by one' : `Claimed and settled in batches of ${size}`
  return { name: `floor of ${size}`, title, columns: COMMON_COLUMNS, rows: results.map((each) => rowOf(each, floor)) }
}

/** Through the store of a build, on a schema of its own. */
export async function ledgerWorkers(
  { dataSource, serverPid }: Postgres,
  build: Build,
  size: number,
): Promise<readonly Worker[]> {
  const schema = `${build.name}_${size}`
  const ledger = await openLedger(build, { dataSource, schema })
  return [false, true].map((lockJobs) => ({
    name: lockJobs ? `${build.name}, with a tick's locks` : build.name,
    work: (ms) => workFor(ms, serverPid, (worker) => ledger.batch({ worker, size, lockJobs })),
  }))
}
